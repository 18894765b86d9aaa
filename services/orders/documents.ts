import type { Handlers } from '@plaza/kernel';
import type { Reaction, Timer } from '@plaza/runtime';
import type { documentOperations } from './contract/document.ts';
import type { SellingDependencies } from './dependencies.ts';
import { hearForDocuments } from './operations/document/hear.ts';
import { invoiceCommission } from './operations/document/invoice-commission.ts';
import { readDocuments } from './operations/document/read-documents.ts';
import { requestDocuments } from './operations/document/request-invoice.ts';

/** The papers of the house: what is issued by itself, and what is asked for. */
export function createDocuments(dependencies: SellingDependencies): {
  handlers: Handlers<typeof documentOperations>;
  reactions: Reaction[];
  timers: Timer[];
} {
  return {
    handlers: { ...readDocuments(dependencies), ...requestDocuments(dependencies) },
    reactions: hearForDocuments(dependencies),
    timers: [invoiceCommission(dependencies)],
  };
}
