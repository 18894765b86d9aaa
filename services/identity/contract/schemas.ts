import { idSchema, Role } from '@plaza/kernel';
import { z } from 'zod';

export const Email = z
  .email()
  .max(254)
  .meta({ examples: ['ada@example.com'] });
/** One that mail can reach. Accounts made by phone have addresses of our own in `.invalid` (RFC 2606), which nobody may take. */
export const OwnEmail = Email.refine((email) => !/\.invalid$/i.test(email), 'must be an address that receives mail');
/** 8 to 128 characters (NIST SP 800-63B: length matters, composition rules do not). */
export const Password = z
  .string()
  .min(8)
  .max(128)
  .meta({ examples: ['correct horse battery'] });
/** E.164, e.g. `+66812345678`. */
export const Phone = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, 'must be an international number such as +66812345678')
  .meta({ examples: ['+66812345678'] });
export const DisplayName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .meta({ examples: ['Ada'] });

/** A person in one marketplace, as its operators see them. `version` grows with every change. */
export const Member = z
  .object({
    id: idSchema('member'),
    displayName: z.string(),
    avatarUrl: z.string().nullable(),
    email: z.string().nullable().meta({ description: 'Null when the account was made by phone.' }),
    roles: z.array(Role),
    createdTime: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'Member' });
export type Member = z.output<typeof Member>;

/** A member as they see themselves. */
export const Me = Member.extend({
  isEmailVerified: z.boolean(),
  phone: z.string().nullable(),
  isTotpEnabled: z.boolean(),
  locale: z.string().meta({ description: 'The language of mails and notifications.' }),
}).meta({ id: 'Me' });
export type Me = z.output<typeof Me>;

/** One device or browser that is signed in. */
export const Session = z
  .object({
    id: idSchema('session'),
    userAgent: z.string().nullable(),
    ipAddress: z.string().nullable(),
    createdTime: z.iso.datetime(),
    expiresTime: z.iso.datetime(),
    isCurrent: z.boolean(),
  })
  .meta({ id: 'Session' });

/** A token for `Authorization: Bearer`, or the cookie `plaza_session`; good in the marketplace where it was made. */
export const SignedIn = z
  .object({
    state: z.literal('SIGNED_IN'),
    token: z.string(),
    expiresTime: z.iso.datetime(),
    member: Me,
  })
  .meta({ id: 'SignedIn' });
export type SignedIn = z.output<typeof SignedIn>;

/** The password was right; the second step is due. */
export const TotpRequired = z
  .object({ state: z.literal('TOTP_REQUIRED'), challenge: z.string(), expiresTime: z.iso.datetime() })
  .meta({ id: 'TotpRequired' });
export type TotpRequired = z.output<typeof TotpRequired>;

export const SignInAnswer = z.discriminatedUnion('state', [SignedIn, TotpRequired]).meta({ id: 'SignInAnswer' });

/** Where a parcel goes. Postal codes are text: some begin with 0, some have letters. */
export const PostalAddress = z
  .object({
    recipientName: z.string().trim().min(1).max(100),
    phone: z.string().trim().min(3).max(30),
    line1: z.string().trim().min(1).max(200),
    line2: z.string().trim().max(200).optional(),
    city: z.string().trim().min(1).max(100),
    region: z.string().trim().max(100),
    postalCode: z.string().trim().max(20),
    countryCode: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 code such as MX'),
  })
  .meta({ id: 'PostalAddress' });
export type PostalAddress = z.output<typeof PostalAddress>;

/** An address in a member's address book. */
export const Address = PostalAddress.extend({
  id: idSchema('address'),
  isDefault: z.boolean(),
  version: z.int(),
}).meta({ id: 'Address' });
export type Address = z.output<typeof Address>;

/** What others show of a member. */
export const MemberCard = z.object({
  id: idSchema('member'),
  displayName: z.string(),
  avatarUrl: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  locale: z.string(),
});
export type MemberCard = z.output<typeof MemberCard>;

const id = '01k9w6x8f0e5rbq2m3n4p5q6r7';
const exampleMember = {
  id: `mem_${id}`,
  displayName: 'Ada',
  avatarUrl: null,
  email: 'ada@example.com',
  roles: ['buyer' as const],
  createdTime: '2026-11-21T08:00:00.000Z',
  version: 1,
};
const exampleMe = { ...exampleMember, isEmailVerified: false, phone: null, isTotpEnabled: false, locale: 'en' };
const exampleAddress = {
  recipientName: 'Ada Lovelace',
  phone: '+525512345678',
  line1: 'Av. Reforma 222',
  city: 'Ciudad de México',
  region: 'CDMX',
  postalCode: '06600',
  countryCode: 'MX',
};

/** Shown in the API reference and used by tests. */
export const examples = {
  member: exampleMember,
  me: exampleMe,
  token: 'q9Xl2vZbC8mTn4RkWp7sYd1uJ6hGf3eA',
  signedIn: {
    state: 'SIGNED_IN' as const,
    token: 'q9Xl2vZbC8mTn4RkWp7sYd1uJ6hGf3eA',
    expiresTime: '2026-11-28T08:00:00.000Z',
    member: exampleMe,
  },
  session: {
    id: `ses_${id}`,
    userAgent: 'Mozilla/5.0',
    ipAddress: null,
    createdTime: '2026-11-21T08:00:00.000Z',
    expiresTime: '2026-11-28T08:00:00.000Z',
    isCurrent: true,
  },
  postalAddress: exampleAddress,
  address: { ...exampleAddress, id: `adr_${id}`, isDefault: true, version: 1 },
};
