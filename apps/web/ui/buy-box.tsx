'use client';

import { useState } from 'react';
import type { FormState } from '../lib/form.ts';
import { Happened } from './activity.tsx';
import { ActionForm, SubmitButton } from './form.tsx';
import { Link } from './link.tsx';

type Variant = {
  readonly id: string;
  readonly label: string;
  readonly price: string;
  readonly compareAt: string | null;
  readonly freeQuantity: number | null;
};
type Texts = Readonly<
  Record<
    'choose' | 'quantity' | 'addToCart' | 'buyNow' | 'soldOut' | 'left' | 'inStock' | 'pending' | 'added' | 'toCart',
    string
  >
>;
type Action = (state: FormState, form: FormData) => Promise<FormState>;

/** Fewer pieces than this are worth a word. */
const FEW = 6;

/** Price, choice of variant, and the two ways to buy. */
export function BuyBox({
  variants,
  texts,
  listingId,
  isDigital,
  cartPath,
  action,
  idempotencyKey,
}: {
  variants: readonly Variant[];
  texts: Texts;
  listingId: string;
  isDigital: boolean;
  cartPath: string;
  action: Action;
  idempotencyKey: string;
}) {
  const firstFree = variants.find(({ freeQuantity }) => freeQuantity !== 0) ?? variants[0];
  const [chosenId, setChosenId] = useState(firstFree?.id);
  const chosen = variants.find(({ id }) => id === chosenId);
  if (chosen === undefined) return null;
  const isGone = chosen.freeQuantity === 0;
  return (
    <ActionForm action={action} className="space-y-4" idempotencyKey={idempotencyKey} isKept>
      {(state) => (
        <>
          <p className="flex items-baseline gap-3">
            <span className="font-heading text-3xl font-extrabold">{chosen.price}</span>
            {chosen.compareAt !== null && <s className="text-lg text-ink-muted">{chosen.compareAt}</s>}
          </p>
          {variants.length === 1 ? (
            <input type="hidden" name="variantId" value={chosen.id} />
          ) : (
            <VariantChoice variants={variants} chosenId={chosenId} onChoose={setChosenId} texts={texts} />
          )}
          <p className={`text-sm font-medium ${isGone ? 'text-danger' : 'text-success'}`}>
            {stockText(chosen.freeQuantity, texts)}
          </p>
          {!isDigital && (
            <label className="flex w-32 items-center gap-3 text-sm font-medium">
              {texts.quantity}
              <input
                className="input"
                type="number"
                name="quantity"
                min={1}
                max={Math.min(chosen.freeQuantity ?? 999, 999)}
                defaultValue={1}
                disabled={isGone}
              />
            </label>
          )}
          {/* The first submit button is what Enter presses. */}
          <div className="grid grid-cols-2 gap-3">
            <SubmitButton className="button button-outline" name="intent" value="add" pendingLabel={texts.pending}>
              {texts.addToCart}
            </SubmitButton>
            <SubmitButton className="button button-primary" name="intent" value="buy" pendingLabel={texts.pending}>
              {texts.buyNow}
            </SubmitButton>
          </div>
          {state.result?.added === true && (
            <p>
              <Happened kind="cart" listingId={listingId} />
              <Link href={cartPath} className="link font-semibold">
                {texts.toCart}
              </Link>
            </p>
          )}
        </>
      )}
    </ActionForm>
  );
}

function stockText(freeQuantity: number | null, texts: Texts): string {
  if (freeQuantity === 0) return texts.soldOut;
  if (freeQuantity === null || freeQuantity >= FEW) return texts.inStock;
  return texts.left.replace('{count}', String(freeQuantity));
}

/** A group of radio buttons, so that it works without script. */
function VariantChoice({
  variants,
  chosenId,
  onChoose,
  texts,
}: {
  variants: readonly Variant[];
  chosenId: string | undefined;
  onChoose: (id: string) => void;
  texts: Texts;
}) {
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">{texts.choose}</legend>
      <div className="flex flex-wrap gap-2">
        {variants.map(({ id, label, freeQuantity }) => (
          <label
            key={id}
            className="cursor-pointer rounded-small border border-line px-3.5 py-2 has-checked:border-primary has-checked:bg-primary has-checked:text-on-primary has-disabled:cursor-not-allowed has-disabled:opacity-50 has-focus-visible:outline-3"
          >
            <input
              type="radio"
              name="variantId"
              value={id}
              checked={id === chosenId}
              disabled={freeQuantity === 0}
              onChange={() => onChoose(id)}
              className="sr-only"
            />
            {label}
            {freeQuantity === 0 && <span className="sr-only"> ({texts.soldOut})</span>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
