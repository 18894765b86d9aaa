import type { Metadata } from 'next';
import { translator } from '../../../../lib/messages.ts';
import { isDay } from '../../../../lib/period.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { Journal } from '../../../../ui/journal.tsx';
import { TransferList } from '../../../../ui/transfer-list.tsx';
import { TrialBalance } from '../../../../ui/trial-balance.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string; until?: string; verify?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('admin.ledger') };
}

/** Every movement of money, and whether the books balance. Purposes and kinds keep the names the ledger has. */
export default async function LedgerPage({ params, searchParams }: Props) {
  const [{ lang }, { cursor, until, verify }] = [await params, await searchParams];
  await requireOperator('admin');
  return (
    <>
      <h1 className="text-3xl font-bold">{translator(lang)('admin.ledger')}</h1>
      <TrialBalance lang={lang} day={isDay(until) ? until : undefined} />
      <Journal lang={lang} isToVerify={verify !== undefined} />
      <TransferList lang={lang} cursor={cursor} />
    </>
  );
}
