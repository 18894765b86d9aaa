'use server';

import { act } from '../act.ts';
import { type FormState, keyOf, text } from '../form.ts';
import { chosen, chosenFiles, entered, wholeNumber } from '../form-values.ts';
import { translator } from '../messages.ts';

type Group = { readonly orderId: string; readonly groupId: string };

/** Units by line, as the form names them: `quantity.<line>`. */
function quantitiesOf(form: FormData, lineIds: readonly string[]): { lineId: string; quantity: number }[] {
  return lineIds
    .map((lineId) => ({ lineId, quantity: wholeNumber(form, `quantity.${lineId}`) ?? 0 }))
    .filter(({ quantity }) => quantity > 0);
}

/** Asks to send units back. */
export async function askReturn(
  lang: string,
  { orderId, groupId, lineIds }: Group & { readonly lineIds: readonly string[] },
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  const lines = quantitiesOf(form, lineIds);
  if (lines.length === 0) return { error: t('return.none'), code: 'INVALID_INPUT', values: entered(form) };
  return act(lang, form, 'order.done', (client) =>
    client.orders.createReturn(
      {
        orderId,
        groupId,
        lines,
        reason: text(form, 'reason') ?? '',
        assetIds: chosenFiles(form).map(({ assetId }) => assetId),
      },
      keyOf(form),
    ),
  );
}

/** Takes an action that a return offers, with what it asked for. */
export async function takeReturnAction(
  lang: string,
  { orderId, returnId, lineIds }: { orderId: string; returnId: string; lineIds: readonly string[] },
  action: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(lang, form, 'order.done', async (client) => {
    const said = (['carrier', 'trackingNumber', 'reason'] as const).map((name) => [name, text(form, name)] as const);
    const isInspected = form.has('inspected');
    await client.orders.takeReturnAction(
      {
        orderId,
        returnId,
        action,
        ...Object.fromEntries(said.filter(([, value]) => value !== undefined)),
        ...(isInspected
          ? {
              lines: lineIds.map((lineId) => ({
                lineId,
                isRestocked: form.get(`restock.${lineId}`) === 'on',
                condition: chosen(form, `condition.${lineId}`, 'as_sold'),
              })),
            }
          : {}),
        includesShipping: form.get('includesShipping') === 'on',
      },
      keyOf(form),
    );
  });
}

/** Gives units of lines back without a return. */
export async function refundLines(
  lang: string,
  { orderId, groupId, lineIds }: Group & { readonly lineIds: readonly string[] },
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  const lines = quantitiesOf(form, lineIds);
  const includesShipping = form.get('includesShipping') === 'on';
  if (lines.length === 0 && !includesShipping)
    return { error: t('return.none'), code: 'INVALID_INPUT', values: entered(form) };
  return act(lang, form, 'order.done', (client) =>
    client.orders.refundLines(
      {
        orderId,
        groupId,
        lines: lines.map((line) => ({ ...line, isRestocked: form.get(`restock.${line.lineId}`) === 'on' })),
        includesShipping,
        reason: text(form, 'reason') ?? '',
      },
      keyOf(form),
    ),
  );
}

/** Shows an operator something for the buyer's bank. */
export async function addChargebackEvidence(
  lang: string,
  { orderId, groupId }: Group,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(lang, form, 'order.done', (client) =>
    client.orders.addChargebackEvidence(
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
