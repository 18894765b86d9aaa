import { z } from 'zod';
import { commonErrors } from './errors.ts';
import { idSchema } from './ids.ts';

export const Role = z.enum(['buyer', 'seller', 'moderator', 'admin']);
export type Role = z.output<typeof Role>;

/**
 * How well a member is known: 1 their e-mail address is verified, 2 their phone too or alone, 3 their identity (eKYC).
 * Money services hold their limits against it.
 */
export const VerificationLevel = z.literal([0, 1, 2, 3]);
export type VerificationLevel = z.output<typeof VerificationLevel>;

/**
 * Who acts. A service acts for itself (timers, reactions) or passes its caller's context on. `confirmedTime`: when this
 * session last showed that it is the member who sits there, by signing in or by password or code since.
 */
export const Actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('guest'), guestId: z.string().optional() }),
  z.object({
    kind: z.literal('member'),
    memberId: idSchema('member'),
    roles: z.array(Role),
    sessionId: z.string().optional(),
    verificationLevel: VerificationLevel.optional(),
    confirmedTime: z.iso.datetime().optional(),
  }),
  z.object({ kind: z.literal('service'), service: z.string() }),
]);
export type Actor = z.output<typeof Actor>;

/**
 * What a request tells of the visit it belongs to, for operations that ask for it (`readsVisit`). It is looked at and
 * forgotten: of all this only the visitor's id is ever stored.
 */
export const Visit = z.object({
  /** The random id by which a visitor agreed to be remembered: the cookie `plaza_visitor`, or the header `X-Visitor-Id`. */
  visitorId: z.uuid().optional(),
  userAgent: z.string().optional(),
  /** The browser says so: Global Privacy Control (`Sec-GPC`) or Do Not Track (`DNT`). */
  isTrackingRefused: z.boolean(),
});
export type Visit = z.output<typeof Visit>;

/** Longer than what any browser calls itself. */
export const DEVICE_MAX = 512;

/** What every call carries: whose marketplace, who asks, in which language, and how to tell repeats apart. */
export const Context = z.object({
  marketplaceId: z.string(),
  actor: Actor,
  locale: z.string(),
  requestId: z.string(),
  idempotencyKey: z.string().optional(),
  /** Only for operations that ask for it. */
  visit: Visit.optional(),
  /** What a session is begun on, in the words of its browser; only for operations that begin one (`startsSession`). */
  device: z.string().max(DEVICE_MAX).optional(),
});
export type Context = z.output<typeof Context>;

export type MemberActor = Extract<Actor, { kind: 'member' }>;
export type MemberId = MemberActor['memberId'];

/** The signed-in member, or UNAUTHENTICATED. */
export function requireMember(context: Context): MemberActor {
  if (context.actor.kind !== 'member') throw commonErrors.UNAUTHENTICATED({});
  return context.actor;
}

/** For how long a confirmation counts. */
const CONFIRMED_SECONDS = 600;

/** The signed-in member, who showed just now that it is them (step-up), or CONFIRMATION_REQUIRED. */
export function requireConfirmed(context: Context, now: Date): MemberActor {
  const member = requireMember(context);
  const confirmed = member.confirmedTime === undefined ? Number.NEGATIVE_INFINITY : Date.parse(member.confirmedTime);
  if (now.getTime() - confirmed > CONFIRMED_SECONDS * 1000) throw commonErrors.CONFIRMATION_REQUIRED({});
  return member;
}

/** Whether the actor holds one of `roles`. Services act with every right: they checked before they called. */
export function hasRole(context: Context, ...roles: Role[]): boolean {
  if (context.actor.kind === 'service') return true;
  return context.actor.kind === 'member' && context.actor.roles.some((role) => roles.includes(role));
}

/** The same call, made by a service in its own name. Drops the idempotency key: it belongs to the caller's request. */
export function asService(service: string, context: Pick<Context, 'marketplaceId' | 'locale' | 'requestId'>): Context {
  return {
    marketplaceId: context.marketplaceId,
    locale: context.locale,
    requestId: context.requestId,
    actor: { kind: 'service', service },
  };
}

/** A context for work that no request began: a timer, a reaction, a seed. */
export function serviceContext(service: string, marketplaceId: string, requestId: string): Context {
  return { marketplaceId, actor: { kind: 'service', service }, locale: 'en', requestId };
}
