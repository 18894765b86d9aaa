import { PayoutState } from '@plaza/payments/contract';
import type { Metadata } from 'next';
import { translator } from '../../../../lib/messages.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { PayoutAccountsToAccept, PayoutsToApprove } from '../../../../ui/payout-approvals.tsx';
import { PayoutBatches } from '../../../../ui/payout-batches.tsx';
import { PayoutTable } from '../../../../ui/payout-table.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ state?: string; cursor?: string; batches?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('balance.payouts') };
}

/** What waits for an operator, the batches, and every payout. */
export default async function PayoutsPage({ params, searchParams }: Props) {
  const [{ lang }, { state: asked, cursor, batches: batchCursor }] = [await params, await searchParams];
  await requireOperator('admin');
  return (
    <>
      <h1 className="text-3xl font-bold">{translator(lang)('balance.payouts')}</h1>
      <PayoutsToApprove lang={lang} />
      <PayoutAccountsToAccept lang={lang} />
      <PayoutBatches lang={lang} cursor={batchCursor} />
      <PayoutTable lang={lang} state={PayoutState.safeParse(asked).data} cursor={cursor} />
    </>
  );
}
