import type { Metadata } from 'next';
import { translator } from '../../../../lib/messages.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { Debts } from '../../../../ui/debts.tsx';
import { FailedRefunds } from '../../../../ui/failed-refunds.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string; debts?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('failedRefund.list') };
}

/** Refunds that no provider sends, and debts that may never be paid: each waits for an operator. */
export default async function RefundsPage({ params, searchParams }: Props) {
  const [{ lang }, { cursor, debts: debtCursor }] = [await params, await searchParams];
  await requireOperator('admin');
  const t = translator(lang);
  return (
    <>
      <h1 className="text-3xl font-bold">{t('failedRefund.list')}</h1>
      <p className="max-w-prose text-ink-muted">{t('failedRefund.hint')}</p>
      <FailedRefunds lang={lang} cursor={cursor} />
      <Debts lang={lang} cursor={debtCursor} />
    </>
  );
}
