import { createHmac, timingSafeEqual } from 'node:crypto';
import { idSchema, Money, uuidFromId } from '@plaza/kernel';
import { z } from 'zod';
import type { ProviderEvent } from './provider.ts';

/** A webhook older or newer than this is refused: a recorded one cannot be played again later. */
export const REPLAY_WINDOW_SECONDS = 300;

export const SIGNATURE_HEADER = 'simulated-signature';

const dispute = {
  id: z.string().min(1).max(100),
  marketplaceId: z.string(),
  paymentId: idSchema('payment'),
  disputeReference: z.string().min(1).max(100),
  amount: Money,
  feeMinor: z.int().min(0),
  reason: z.string().max(100),
  evidenceDueTime: z.iso.datetime(),
};

const Body = z.discriminatedUnion('type', [
  z.object({ ...dispute, type: z.literal('dispute.opened') }),
  z.object({ ...dispute, type: z.literal('dispute.won') }),
  z.object({ ...dispute, type: z.literal('dispute.lost') }),
  z.object({
    id: z.string().min(1).max(100),
    type: z.literal('charge.captured'),
    marketplaceId: z.string(),
    paymentId: idSchema('payment'),
  }),
  z.object({
    id: z.string().min(1).max(100),
    type: z.literal('charge.declined'),
    marketplaceId: z.string(),
    paymentId: idSchema('payment'),
    declineCode: z.string().max(100),
  }),
]);
export type SimulatedWebhook = z.input<typeof Body>;

const DISPUTE_STATES = { 'dispute.opened': 'opened', 'dispute.won': 'won', 'dispute.lost': 'lost' } as const;

type Content<Event = ProviderEvent> = Event extends ProviderEvent ? Omit<Event, 'eventId' | 'type'> : never;

/** The secret a marketplace shares with the simulated provider. */
export function webhookSecret(signingKey: string, marketplaceId: string): string {
  return createHmac('sha256', signingKey).update(`payments.simulated-webhook:${marketplaceId}`).digest('hex');
}

/** The signature header of a body sent at `now`: `t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>">`, as Stripe signs. */
export function signWebhook(secret: string, body: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  return `t=${seconds},v1=${digest(secret, seconds, body)}`;
}

/** The event of a genuine webhook; undefined when signature, time or content is wrong. */
export function verifyWebhook(
  secret: string,
  marketplaceId: string,
  { signature, body, now }: { signature: string; body: string; now: Date },
): ProviderEvent | undefined {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signature);
  if (match === null) return undefined;
  const seconds = Number(match[1]);
  const expected = Buffer.from(digest(secret, seconds, body), 'hex');
  if (!timingSafeEqual(expected, Buffer.from(match[2] as string, 'hex'))) return undefined;
  if (Math.abs(now.getTime() / 1000 - seconds) > REPLAY_WINDOW_SECONDS) return undefined;
  const parsed = Body.safeParse(parseJson(body));
  if (!parsed.success || parsed.data.marketplaceId !== marketplaceId) return undefined;
  return { eventId: parsed.data.id, type: parsed.data.type, ...contentOf(parsed.data) };
}

/** Our own provider calls payments by our ids, and knows no other amount than theirs. */
const OURS = { about: 'payment', reference: null, captured: null } as const;

function contentOf(event: z.output<typeof Body>): Content {
  switch (event.type) {
    case 'charge.captured':
      return { ...OURS, paymentId: event.paymentId, outcome: { state: 'captured' } };
    case 'charge.declined':
      return {
        ...OURS,
        paymentId: event.paymentId,
        outcome: { state: 'declined', declineCode: event.declineCode },
      };
    default:
      return {
        about: 'dispute',
        reference: uuidFromId(event.paymentId),
        disputeReference: event.disputeReference,
        state: DISPUTE_STATES[event.type],
        amount: event.amount,
        isTaken: true,
        feeMinor: event.feeMinor,
        reason: event.reason,
        evidenceDueTime: new Date(event.evidenceDueTime),
      };
  }
}

function digest(secret: string, seconds: number, body: string): string {
  return createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
