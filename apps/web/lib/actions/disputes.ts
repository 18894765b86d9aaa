'use server';

import { revalidatePath } from 'next/cache';
import { api } from '../api.ts';
import { attempt, type FormState, keyOf, text } from '../form.ts';
import { chosenFiles } from '../form-values.ts';
import { translator } from '../messages.ts';

/** Shows something in a dispute: words, and files that were uploaded for it. */
export async function addEvidence(
  lang: string,
  { orderId, groupId }: { orderId: string; groupId: string },
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await api(lang);
    await client.orders.addEvidence(
      {
        orderId,
        groupId,
        text: text(form, 'text') ?? '',
        assetIds: chosenFiles(form).map(({ assetId }) => assetId),
      },
      keyOf(form),
    );
    revalidatePath('/', 'layout');
    return { notice: t('order.done') };
  });
}
