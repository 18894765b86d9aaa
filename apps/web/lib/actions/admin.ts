'use server';

import { type Currency, Role } from '@plaza/kernel';
import { revalidatePath } from 'next/cache';
import { api } from '../api.ts';
import { attempt, type FormState, keyOf, text, versionOf } from '../form.ts';
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
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await api(lang);
    await client.identity.setMemberRoles(
      {
        memberId,
        roles: Role.options.filter((role) => role === 'buyer' || form.get(`role.${role}`) === 'on'),
        ...versionOf(form, version),
      },
      keyOf(form),
    );
    revalidatePath('/', 'layout');
    return { notice: t('account.saved') };
  });
}

/** Takes a listing off sale with a reason, or lifts that. */
export async function suspendListing(
  lang: string,
  listingId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await api(lang);
    const listing = { listingId };
    if (form.get('intent') === 'reinstate') await client.catalog.reinstateListing(listing, keyOf(form));
    else await client.catalog.suspendListing({ ...listing, reason: text(form, 'reason') ?? '' }, keyOf(form));
    revalidatePath('/', 'layout');
    return { notice: t('order.done') };
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
  return attempt(form, t, async () => {
    const received = typedMoneyOf(form, 'received', currency);
    if (received === undefined) return mistake(t, form, 'received');
    const client = await api(lang);
    await client.payments.confirmTransfer(
      {
        paymentId,
        reference: text(form, 'reference') ?? '',
        received: { ...received, currency },
      },
      keyOf(form),
    );
    revalidatePath('/', 'layout');
    return { notice: t('bankTransfer.received') };
  });
}
