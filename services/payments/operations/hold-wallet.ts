import { type Actor, idFromUuid } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import { holdPayoutsOf, resumePayoutsOf } from '../store/payout.ts';
import { recordedBy, recordPayout } from '../store/payout-record.ts';
import { saveWalletHold, type WalletRow } from '../store/wallet.ts';

/**
 * Puts a locked wallet on hold for a reason, or lifts that (null). Its withdrawals that are still in line stop and start with
 * it: what was already handed over goes its way.
 */
export async function holdWallet(
  tx: Transaction,
  memberUuid: string,
  actor: Actor,
  { reason, isHeld, time }: { readonly reason: string; readonly isHeld: boolean; readonly time: Date },
): Promise<WalletRow> {
  const row = await saveWalletHold(tx, memberUuid, isHeld ? { reason, time } : null);
  const payouts = isHeld ? await holdPayoutsOf(tx, memberUuid) : await resumePayoutsOf(tx, memberUuid);
  const by = recordedBy(actor);
  const kind = isHeld ? 'held' : 'resumed';
  for (const { id } of payouts) await recordPayout(tx, id, { kind, by, details: { reason }, time });
  const action = isHeld ? 'wallet.frozen' : 'wallet.unfrozen';
  const details = {
    reason,
    ...(payouts.length === 0 ? {} : { payouts: payouts.map(({ id }) => idFromUuid('payout', id)) }),
  };
  await tx.audit({ action, subject: idFromUuid('member', memberUuid), actor, details });
  return row;
}
