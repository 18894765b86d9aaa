'use server';

import type { Location } from '@plaza/catalog/contract';
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { act } from '../act.ts';
import { visitorApi } from '../api.ts';
import { attempt, type FormState, keyOf, text, versionOf } from '../form.ts';
import { chosenFiles, wholeNumber } from '../form-values.ts';
import { attributesFrom, imagesFrom, variantsFrom } from '../listing-form.ts';
import { categoryTrail, getMarketplace } from '../marketplace.ts';
import { translator } from '../messages.ts';
import { mistake } from '../money-fields.ts';
import { paths } from '../paths.ts';
import { typedLocation } from '../typed-location.ts';

type Target = {
  readonly storeId: string;
  readonly categoryId: string;
  readonly kind: 'physical' | 'digital' | 'service';
  /** The listing that is edited, as it was read; null: a new one is drafted. */
  readonly listing: { readonly id: string; readonly version: number; readonly location: Location | null } | null;
};

/** Drafts a listing or saves one; `intent` publish also puts it on sale. */
export async function saveListing(lang: string, target: Target, _state: FormState, form: FormData): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const marketplace = await getMarketplace(lang);
    const variants = variantsFrom(form, marketplace.currency);
    if ('mistake' in variants) return mistake(t, form, variants.mistake);
    const schema = categoryTrail(marketplace.categories, target.categoryId).at(-1)?.attributes ?? [];
    const location = typedLocation(form, target.listing?.location ?? null);
    const hasPlace = location.city !== undefined || location.region !== undefined;
    const fields = {
      title: text(form, 'title') ?? '',
      description: text(form, 'description') ?? '',
      categoryId: target.categoryId,
      attributes: attributesFrom(form, schema),
      condition: text(form, 'condition') ?? null,
      location: hasPlace ? location : null,
      tags: (text(form, 'tags') ?? '')
        .split(/[,、]/)
        .map((tag) => tag.trim())
        .filter((tag) => tag !== ''),
      images: imagesFrom(form),
      variants,
      isOfferAllowed: form.get('isOfferAllowed') === 'on',
    };
    const client = await visitorApi(lang);
    const saved =
      target.listing === null
        ? await client.catalog.createListing({ storeId: target.storeId, kind: target.kind, ...fields }, keyOf(form))
        : await client.catalog.updateListing(
            { listingId: target.listing.id, ...versionOf(form, target.listing.version), ...fields },
            keyOf(form),
          );
    revalidatePath('/', 'layout');
    redirect(`${paths.studioListing(lang, saved.id)}?saved=${Date.now()}`);
  });
}

/** Publishes, pauses, marks as sold, or deletes, by the button that was pressed. */
export async function moveListing(
  lang: string,
  listingId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(lang, form, 'order.done', async ({ catalog }) => {
    const listing = { listingId };
    switch (form.get('intent')) {
      case 'publish':
        return catalog.publishListing(listing, keyOf(form));
      case 'pause':
        return catalog.pauseListing(listing, keyOf(form));
      case 'sold':
        return catalog.markListingSold(listing, keyOf(form));
      default:
        await catalog.deleteListing(listing, keyOf(form));
        revalidatePath('/', 'layout');
        redirect(paths.studioListings(lang));
    }
  }).then(withMistakesNamed);
}

/** What lacks before publishing has no field in that form: it is named in its text. */
function withMistakesNamed(state: FormState): FormState {
  const lacking = Object.entries(state.fields ?? {}).map(([name, detail]) => `${name}: ${detail}`);
  return lacking.length === 0 ? state : { ...state, error: `${state.error} ${lacking.join(' · ')}` };
}

/** Counts the pieces of a variant anew; empty means unlimited. */
export async function saveStock(
  lang: string,
  variantId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const onHand = wholeNumber(form, 'onHand');
  if (onHand === undefined && text(form, 'onHand') !== undefined) return mistake(translator(lang), form, 'onHand');
  return act(lang, form, 'account.saved', ({ catalog }) =>
    catalog.setStock({ variantId, onHand: onHand ?? null }, keyOf(form)),
  );
}

/** Adds a version of a digital listing: its files, which buyers can download from then on. */
export async function addRelease(
  lang: string,
  listingId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const marketplace = await getMarketplace(lang);
    const client = await visitorApi(lang);
    await client.catalog.createRelease(
      {
        listingId,
        version: text(form, 'version') ?? '',
        changelog: text(form, 'changelog') ?? '',
        licenseOptions: marketplace.licenses.slice(0, 10).map(({ id, name, summary }) => ({ code: id, name, summary })),
        files: chosenFiles(form),
      },
      keyOf(form),
    );
    revalidatePath(paths.studioListing(lang, listingId));
    return { notice: t('account.saved'), result: { isDone: true } };
  });
}
