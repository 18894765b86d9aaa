'use server';

import { act } from '../act.ts';
import { type FormState, keyOf, text } from '../form.ts';
import { chosenFiles } from '../form-values.ts';

/** Shows something in a dispute: words, and files that were uploaded for it. */
export async function addEvidence(
  lang: string,
  { orderId, groupId }: { orderId: string; groupId: string },
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(lang, form, 'order.done', (client) =>
    client.orders.addEvidence(
      {
        orderId,
        groupId,
        text: text(form, 'text') ?? '',
        assetIds: chosenFiles(form).map(({ assetId }) => assetId),
      },
      keyOf(form),
    ),
  );
}
