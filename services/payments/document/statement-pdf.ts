import { setImmediate as nextTurn } from 'node:timers/promises';
import { drawPdf, PAGE, type Page } from '@plaza/document';
import { formatMoney } from '@plaza/kernel';
import type { Statement, StatementLine } from '../contract.ts';
import { kindOf, type TextKey, textOf } from './texts.ts';

/** Where the columns of amounts end, and where the one of words begins. */
const COLUMN = { time: PAGE.left, what: 190, amount: 430, balance: PAGE.right };

export type StatementPaper = {
  readonly statement: Omit<Statement, 'items' | 'nextCursor'>;
  readonly lines: AsyncIterable<StatementLine>;
  /** Whose account it is, by id. */
  readonly owner: { readonly kind: 'store' | 'member'; readonly id: string };
  readonly locale: string;
  readonly timeZone: string;
};

/** A statement to be read, page by page as its lines come. */
export function statementPdf(paper: StatementPaper): NodeJS.ReadableStream {
  const { statement, locale } = paper;
  return drawPdf(
    {
      title: `${textOf(locale, 'statement')} ${statement.fromTime.slice(0, 10)}`,
      locale,
      time: new Date(statement.toTime),
      pageLabel: textOf(locale, 'page'),
    },
    (page) => write(page, paper),
  );
}

async function write(page: Page, { statement, lines, owner, locale, timeZone }: StatementPaper): Promise<void> {
  const { currency } = statement;
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency }, locale);
  const dates = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium' });
  const times = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  const t = (key: TextKey) => textOf(locale, key);

  page.left(t('statement'), PAGE.left, { size: PAGE.titleSize });
  page.down(36);
  // The period ends before `toTime`: its last day is that of the moment before.
  const lastMoment = new Date(Date.parse(statement.toTime) - 1);
  const facts: [string, string][] = [
    [t(owner.kind), owner.id],
    [t('period'), `${dates.format(new Date(statement.fromTime))} – ${dates.format(lastMoment)}`],
    [t('currency'), currency],
    [t('opening'), money(statement.openingMinor)],
    [t('in'), money(statement.inMinor)],
    [t('out'), money(statement.outMinor)],
    [t('closing'), money(statement.closingMinor)],
  ];
  for (const [name, value] of facts) {
    page.left(name, COLUMN.time, { isQuiet: true });
    page.left(value, COLUMN.what);
    page.down(PAGE.row);
  }
  const head = () => {
    page.down(PAGE.row / 2);
    page.left(t('time'), COLUMN.time, { isQuiet: true });
    page.left(t('what'), COLUMN.what, { isQuiet: true });
    page.right(t('amount'), COLUMN.amount, { isQuiet: true });
    page.right(t('balance'), COLUMN.balance, { isQuiet: true });
    page.down(PAGE.row);
  };
  head();
  for await (const line of lines) {
    if (!page.hasRoom(PAGE.row)) {
      page.next();
      // Setting a page takes some 50 ms; others' requests have their turn in between.
      await nextTurn();
      head();
    }
    page.left(times.format(new Date(line.createdTime)), COLUMN.time);
    page.left(kindOf(locale, line.kind), COLUMN.what);
    page.right(money(line.amount.amountMinor), COLUMN.amount);
    page.right(money(line.balanceAfterMinor), COLUMN.balance);
    page.down(PAGE.row);
  }
}
