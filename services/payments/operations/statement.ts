import { Readable } from 'node:stream';
import {
  type Context,
  type Currency,
  everyPage,
  type Handlers,
  invalidInput,
  newId,
  requireMember,
  uuidFromId,
} from '@plaza/kernel';
import { fileLink, type Queries, type Storage } from '@plaza/runtime';
import {
  EXPORT_LINES_MAX,
  PDF_LINES_MAX,
  PERIOD_DAYS_MAX,
  type paymentsContract,
  type Statement,
  type StatementFile,
  type StatementFormat,
  type StatementLine,
} from '../contract.ts';
import type { StatementPaper } from '../document/statement-pdf.ts';
import { accountUuid } from '../domain/account.ts';
import { CSV_HEADER, csvRowOf } from '../domain/statement-file.ts';
import { errors } from '../errors.ts';
import { findAccount, listAccounts } from '../store/account.ts';
import { findTransfer } from '../store/journal.ts';
import { listLines, type Period, readTotals } from '../store/statement.ts';
import { requireStore } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import { walletSettings } from './wallet-part.ts';

const DAY_MS = 86_400_000;
/** Lines read at once for a file. */
const STRETCH = 1_000;

type Statements = Pick<
  Handlers<typeof paymentsContract>,
  'getStatement' | 'exportStatement' | 'exportWalletStatement' | 'listAccounts' | 'getAccountStatement' | 'getTransfer'
>;
type Times = { readonly fromTime: string; readonly toTime: string };

/** Statements of stores and of the ledger's accounts, on the screen and as files. */
export function statements({
  database,
  storage,
  marketplaces,
  clock,
}: Pick<Dependencies, 'database' | 'marketplaces' | 'clock'> & { readonly storage: Storage }): Statements {
  const ofStore = async (context: Context, input: Times & { storeId: string; currency: Currency }): Promise<Period> => {
    await requireStore(database.read(context.marketplaceId), context, input.storeId);
    const account = { purpose: 'seller_available' as const, ownerId: uuidFromId(input.storeId) };
    const accountId = accountUuid(context.marketplaceId, input.currency, account);
    return { accountId, currency: input.currency, ...requirePeriod(input) };
  };

  /** A period of an account as a file, behind a link that works for a while. */
  const fileOf = async (
    { marketplaceId, locale }: Context,
    period: Period,
    format: StatementFormat,
    owner: StatementPaper['owner'],
  ): Promise<StatementFile> => {
    const queries = database.read(marketplaceId);
    const statement = await statementOf(queries, marketplaceId, period, { limit: 1 });
    const { lineCount } = statement;
    const lineCountMax = format === 'pdf' ? PDF_LINES_MAX : EXPORT_LINES_MAX;
    if (lineCount > lineCountMax) throw errors.STATEMENT_TOO_LONG({ lineCount, lineCountMax });
    const key = `statements/${marketplaceId}/${uuidFromId(newId('transfer'))}.${format}`;
    const contentType = format === 'pdf' ? 'application/pdf' : 'text/csv; charset=utf-8';
    const lines = allLines(queries, marketplaceId, period);
    const { timeZone } = marketplaces.get(marketplaceId);
    const file =
      format === 'pdf' ? await pdfOf({ statement, lines, owner, locale, timeZone }) : Readable.from(csvOf(lines));
    await storage.put(key, file as Readable, { contentType });
    const [first, last] = [period.from, period.to].map((time) => time.toISOString().slice(0, 10));
    const filename = `statement-${first}-${last}.${format}`;
    return { ...fileLink(storage, clock(), { key, filename, contentType }), lineCount };
  };

  return {
    getStatement: async ({ input, context }) => {
      const queries = database.read(context.marketplaceId);
      return statementOf(queries, context.marketplaceId, await ofStore(context, input), input);
    },
    exportStatement: async ({ input, context }) =>
      fileOf(context, await ofStore(context, input), input.format, { kind: 'store', id: input.storeId }),
    exportWalletStatement: async ({ input, context }) => {
      const { marketplaceId } = context;
      walletSettings(marketplaces, marketplaceId);
      const { currency } = marketplaces.get(marketplaceId);
      const { memberId } = requireMember(context);
      const account = { purpose: 'wallet', ownerId: uuidFromId(memberId) } as const;
      const accountId = accountUuid(marketplaceId, currency, account);
      const period = { accountId, currency, ...requirePeriod(input) };
      return fileOf(context, period, input.format, { kind: 'member', id: memberId });
    },
    listAccounts: async ({ input: { storeId, memberId, ...filter }, context: { marketplaceId } }) => {
      const owner = storeId ?? memberId;
      const ownerId = owner === undefined ? undefined : uuidFromId(owner);
      return listAccounts(database.read(marketplaceId), marketplaceId, { ...filter, ownerId });
    },
    getAccountStatement: async ({ input, context: { marketplaceId } }) => {
      const queries = database.read(marketplaceId);
      const accountId = uuidFromId(input.accountId);
      const account = await findAccount(queries, marketplaceId, accountId);
      if (account === undefined) throw errors.ACCOUNT_NOT_FOUND({});
      const period = { accountId, currency: account.currency, ...requirePeriod(input) };
      return { account, statement: await statementOf(queries, marketplaceId, period, input) };
    },
    getTransfer: async ({ input, context: { marketplaceId } }) => {
      const transfer = await findTransfer(database.read(marketplaceId), marketplaceId, uuidFromId(input.transferId));
      if (transfer === undefined) throw errors.TRANSFER_NOT_FOUND({});
      return transfer;
    },
  };
}

async function statementOf(
  queries: Queries,
  marketplaceId: string,
  period: Period,
  page: { limit: number; cursor?: string | undefined },
): Promise<Statement> {
  const [totals, lines] = await Promise.all([
    readTotals(queries, period),
    listLines(queries, marketplaceId, period, page),
  ]);
  return {
    currency: period.currency,
    fromTime: period.from.toISOString(),
    toTime: period.to.toISOString(),
    openingMinor: totals.opening_minor,
    inMinor: totals.in_minor,
    outMinor: totals.out_minor,
    closingMinor: totals.closing_minor,
    lineCount: totals.lines,
    ...lines,
  };
}

/** What draws PDFs is read when the first is asked for: it would take a fifth of a second of every start. */
async function pdfOf(paper: StatementPaper): Promise<NodeJS.ReadableStream> {
  const { statementPdf } = await import('../document/statement-pdf.ts');
  return statementPdf(paper);
}

async function* csvOf(lines: AsyncIterable<StatementLine>): AsyncGenerator<string> {
  yield CSV_HEADER;
  for await (const line of lines) yield csvRowOf(line);
}

/** Every line of a period, read in stretches. */
async function* allLines(queries: Queries, marketplaceId: string, period: Period): AsyncGenerator<StatementLine> {
  const pages = everyPage((place) => listLines(queries, marketplaceId, period, { limit: STRETCH, ...place }));
  for await (const { items } of pages) yield* items;
}

function requirePeriod({ fromTime, toTime }: Times): { from: Date; to: Date } {
  const [from, to] = [new Date(fromTime), new Date(toTime)];
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (days > 0 && days <= PERIOD_DAYS_MAX) return { from, to };
  const detail = `must be behind fromTime, by at most ${PERIOD_DAYS_MAX} days`;
  throw invalidInput([{ pointer: '/toTime', code: 'period', detail }]);
}
