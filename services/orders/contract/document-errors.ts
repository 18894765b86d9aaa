import { defineErrors, idSchema } from '@plaza/kernel';
import { z } from 'zod';

/** What documents refuse. Public API: add, never rename. */
export const documentErrors = defineErrors({
  DOCUMENT_NOT_FOUND: { status: 404, message: 'There is no such document.' },
  INVOICE_ISSUED: {
    status: 409,
    data: z.object({ documentId: idSchema('document') }),
    message: 'An invoice was made out for this already. A document once issued is never changed.',
  },
  INVOICE_NOTHING_PAID: { status: 409, message: 'Nothing was paid for this, so there is nothing to invoice.' },
  TOO_MANY_DOCUMENTS: {
    status: 422,
    data: z.object({ documentsMax: z.int() }),
    message: ({ documentsMax }) => `A file holds at most ${documentsMax} documents.`,
  },
});
