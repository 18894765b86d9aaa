'use client';

import type { PublicAttribute } from '@plaza/kernel/marketplace';
import type { FormState } from '../lib/form.ts';
import { AttributeFields } from './attribute-fields.tsx';
import { CheckField } from './check-field.tsx';
import { ActionForm, Field, SubmitButton } from './form.tsx';
import { type ImageTexts, ImageUploads, type UploadedImage } from './image-uploads.tsx';
import type { VariantTexts } from './variant-fields.tsx';
import type { VariantRow } from './variant-rows.ts';
import { VariantsEditor } from './variants-editor.tsx';

type Choice = { readonly id: string; readonly name: string };
type Texts = Readonly<
  Record<
    | 'title'
    | 'description'
    | 'condition'
    | 'details'
    | 'place'
    | 'city'
    | 'region'
    | 'country'
    | 'tags'
    | 'tagsHint'
    | 'offers'
    | 'save'
    | 'pending'
    | 'yes'
    | 'no'
    | 'none'
    | 'required',
    string
  >
> & { readonly images: ImageTexts; readonly variants: VariantTexts };

export type ListingFormValues = {
  readonly title: string;
  readonly description: string;
  readonly condition: string;
  readonly city: string;
  readonly region: string;
  readonly countryCode: string;
  readonly tags: string;
  readonly isOfferAllowed: boolean;
  readonly attributes: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly images: readonly UploadedImage[];
  readonly variants: readonly VariantRow[];
  readonly optionNames: readonly string[];
};

type Props = {
  readonly lang: string;
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly values: ListingFormValues;
  readonly kind: 'physical' | 'digital' | 'service';
  readonly schema: readonly PublicAttribute[];
  readonly conditions: readonly Choice[];
  readonly countries: readonly Choice[];
  readonly licenses: readonly Choice[];
  readonly hasOffers: boolean;
  readonly texts: Texts;
  readonly idempotencyKey: string;
};

/** Everything a listing says, in one form. */
export function ListingForm(props: Props) {
  const { lang, action, values, kind, schema, texts } = props;
  return (
    <ActionForm action={action} className="space-y-6" idempotencyKey={props.idempotencyKey}>
      {(state) => (
        <>
          <section className="card space-y-4 p-5">
            <Field
              label={texts.title}
              name="title"
              state={state}
              required
              minLength={3}
              maxLength={200}
              defaultValue={values.title}
            />
            <ImageUploads lang={lang} purpose="listing-image" initial={values.images} max={30} texts={texts.images} />
            <Field
              label={texts.description}
              name="description"
              state={state}
              type="textarea"
              rows={8}
              maxLength={50_000}
              defaultValue={values.description}
            />
            {kind === 'physical' && props.conditions.length > 0 && (
              <Choices
                label={texts.condition}
                name="condition"
                state={state}
                value={values.condition}
                none={texts.none}
                choices={props.conditions}
              />
            )}
          </section>
          {schema.length > 0 && (
            <section className="card space-y-4 p-5">
              <h2 className="font-heading text-xl font-bold">{texts.details}</h2>
              <p className="text-sm text-ink-muted">{texts.required}</p>
              <AttributeFields schema={schema} values={values.attributes} state={state} texts={texts} />
            </section>
          )}
          <section className="card p-5">
            <VariantsEditor
              state={state}
              initial={values.variants}
              initialOptions={values.optionNames}
              kind={kind}
              licenses={props.licenses}
              texts={texts.variants}
            />
          </section>
          <section className="card space-y-4 p-5">
            {kind !== 'digital' && <Place values={values} countries={props.countries} state={state} texts={texts} />}
            <Field
              label={texts.tags}
              name="tags"
              state={state}
              hint={texts.tagsHint}
              maxLength={1500}
              defaultValue={values.tags}
            />
            {props.hasOffers && (
              <CheckField
                name="isOfferAllowed"
                label={texts.offers}
                isChecked={state.values === undefined ? values.isOfferAllowed : state.values.isOfferAllowed === 'on'}
              />
            )}
          </section>
          <SubmitButton pendingLabel={texts.pending}>{texts.save}</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}

/** Where it is. */
function Place({
  values,
  countries,
  state,
  texts,
}: {
  values: ListingFormValues;
  countries: readonly Choice[];
  state: FormState;
  texts: Texts;
}) {
  return (
    <fieldset className="grid gap-4 sm:grid-cols-3">
      <legend className="pb-2 font-semibold">{texts.place}</legend>
      <Field label={texts.city} name="location.city" state={state} maxLength={100} defaultValue={values.city} />
      <Field label={texts.region} name="location.region" state={state} maxLength={100} defaultValue={values.region} />
      <Choices
        label={texts.country}
        name="location.countryCode"
        state={state}
        value={values.countryCode}
        none={texts.none}
        choices={countries}
      />
    </fieldset>
  );
}

function Choices({
  label,
  name,
  state,
  value,
  none,
  choices,
}: {
  label: string;
  name: string;
  state: FormState;
  value: string;
  none: string;
  choices: readonly Choice[];
}) {
  return (
    <Field label={label} name={name} state={state} defaultValue={value}>
      <option value="">{none}</option>
      {choices.map((choice) => (
        <option key={choice.id} value={choice.id}>
          {choice.name}
        </option>
      ))}
    </Field>
  );
}
