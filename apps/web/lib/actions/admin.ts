'use server';

import { type Currency, Role } from '@plaza/kernel';
import { act } from '../act.ts';
import { type FormState, keyOf, text, versionOf } from '../form.ts';
import { translator } from '../messages.ts';
import { mistake, typedMoneyOf } from '../money-fields.ts';

/** Sets what a member may do. */
export async function setRoles(
  lang: string,
  memberId: string,
  version: number,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(lang, form, 'account.saved', (client) =>
    client.identity.setMemberRoles(
      {
        memberId,
        roles: Role.options.filter((role) => role === 'buyer' || form.get(`role.${role}`) === 'on'),
        ...versionOf(form, version),
      },
      keyOf(form),
    ),
  );
}

/** Takes a listing off sale with a reason, or lifts that. */
export async function suspendListing(
  lang: string,
  listingId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(lang, form, 'order.done', async (client) => {
    const listing = { listingId };
    if (form.get('intent') === 'reinstate') await client.catalog.reinstateListing(listing, keyOf(form));
    else await client.catalog.suspendListing({ ...listing, reason: text(form, 'reason') ?? '' }, keyOf(form));
  });
}

/** Confirms a bank transfer by what stands in the bank's statement. */
export async function confirmTransfer(
  lang: string,
  paymentId: string,
  currency: Currency,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  const received = typedMoneyOf(form, 'received', currency);
  if (received === undefined) return mistake(t, form, 'received');
  return act(lang, form, 'bankTransfer.received', (client) =>
    client.payments.confirmTransfer(
      {
        paymentId,
        reference: text(form, 'reference') ?? '',
        received,
      },
      keyOf(form),
    ),
  );
}
