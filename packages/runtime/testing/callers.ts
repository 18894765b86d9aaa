import { type Context, type Id, newId, type Role, type VerificationLevel } from '@plaza/kernel';

/** Who calls in a test. */
export type Callers = {
  /** A call by a member, new unless `memberId` is given, with these roles; `isConfirmed`: who just showed who they are. */
  context(options?: {
    marketplaceId?: string;
    roles?: Role[];
    memberId?: string;
    verificationLevel?: VerificationLevel;
    isConfirmed?: boolean;
    idempotencyKey?: string;
  }): Context;
  guest(options?: { marketplaceId?: string; guestId?: string; idempotencyKey?: string }): Context;
  service(options?: { marketplaceId?: string }): Context;
};

export function createCallers(clock: () => Date): Callers {
  const base = (marketplaceId: string | undefined, key?: string) => ({
    marketplaceId: marketplaceId ?? 'bazaar',
    locale: 'en',
    requestId: newId('event'),
    ...(key === undefined ? {} : { idempotencyKey: key }),
  });
  return {
    context: ({ marketplaceId, roles, memberId, verificationLevel, isConfirmed, idempotencyKey } = {}) => ({
      ...base(marketplaceId, idempotencyKey),
      actor: {
        kind: 'member',
        memberId: (memberId ?? newId('member')) as Id<'member'>,
        roles: roles ?? ['buyer'],
        ...(verificationLevel === undefined ? {} : { verificationLevel }),
        ...(isConfirmed === true ? { confirmedTime: clock().toISOString() } : {}),
      },
    }),
    guest: ({ marketplaceId, guestId, idempotencyKey } = {}) => ({
      ...base(marketplaceId, idempotencyKey),
      actor: { kind: 'guest', guestId: guestId ?? newId('event') },
    }),
    service: ({ marketplaceId } = {}) => ({ ...base(marketplaceId), actor: { kind: 'service', service: 'test' } }),
  };
}
