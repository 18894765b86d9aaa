'use server';

import { revalidatePath } from 'next/cache';
import { type api, visitorApi } from '../api.ts';
import { currentPath } from '../current-path.ts';
import { attempt, type FormState, keyOf, text, versionOf } from '../form.ts';
import { translator } from '../messages.ts';

type Act = (client: Awaited<ReturnType<typeof api>>) => Promise<unknown>;

/** Does it, and shows the page anew. */
async function act(lang: string, form: FormData, work: Act): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    await work(await visitorApi(lang));
    revalidatePath(await currentPath());
    return {};
  });
}

export async function writeReview(
  lang: string,
  of: { readonly orderId: string; readonly listingId: string },
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const words = text(form, 'text');
  const review = { ...of, stars: Number(form.get('stars')), text: words };
  return act(lang, form, (client) => client.reviews.createReview(review, keyOf(form)));
}

export async function changeReview(
  lang: string,
  { id, version }: { readonly id: string; readonly version: number },
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const change = { reviewId: id, stars: Number(form.get('stars')), text: text(form, 'text') ?? null };
  return act(lang, form, (client) =>
    client.reviews.updateReview({ ...change, ...versionOf(form, version) }, keyOf(form)),
  );
}

export async function replyToReview(lang: string, id: string, _state: FormState, form: FormData): Promise<FormState> {
  const reply = { reviewId: id, text: text(form, 'text') ?? '' };
  return act(lang, form, (client) => client.reviews.replyToReview(reply, keyOf(form)));
}

export async function hideReview(lang: string, id: string, _state: FormState, form: FormData): Promise<FormState> {
  const hiding = { reviewId: id, reason: text(form, 'reason') ?? '' };
  return act(lang, form, (client) => client.reviews.hideReview(hiding, keyOf(form)));
}

export async function showReview(lang: string, id: string, _state: FormState, form: FormData): Promise<FormState> {
  return act(lang, form, (client) => client.reviews.showReview({ reviewId: id }, keyOf(form)));
}

/** Whether the member is asked for reviews of what they bought. */
export async function chooseReviewQuestions(
  lang: string,
  isWanted: boolean,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(lang, form, (client) => client.reviews.setReviewQuestions({ isWanted }, keyOf(form)));
}

/** Ends the mails that ask for reviews by the key that stands in them: whoever has it need not sign in. */
export async function stopReviewQuestions(
  lang: string,
  mailKey: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    await (await visitorApi(lang)).reviews.stopReviewQuestions({ mailKey }, keyOf(form));
    return { result: { isDone: true } };
  });
}
