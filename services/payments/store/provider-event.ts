import { sql, type Transaction } from '@plaza/runtime';

/** Notes a webhook in the transaction of its effect; false when it was taken before. */
export async function recordProviderEvent(
  tx: Transaction,
  provider: string,
  { eventId, type }: { eventId: string; type: string },
  now: Date,
): Promise<boolean> {
  const inserted = await tx.execute(sql`
    insert into payments.provider_event (marketplace_id, provider, event_id, type, received_time)
    values (${tx.marketplaceId}, ${provider}, ${eventId}, ${type}, ${now}) on conflict do nothing`);
  return inserted === 1;
}
