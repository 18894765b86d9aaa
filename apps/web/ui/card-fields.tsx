import type { FormState } from '../lib/form.ts';
import { Field } from './form.tsx';

const TEST_CARDS = [
  ['4242 4242 4242 4242', 'succeeds'],
  ['4000 0000 0000 0002', 'declines'],
  ['4000 0025 0000 3155', 'challenges'],
  ['4000 0000 0000 0077', 'late'],
] as const;

/** Only of use where a card is kept. */
const KEPT_TEST_CARDS = [...TEST_CARDS, ['4000 0000 0000 0341', 'fails']] as const;

/** A card, typed into our own form: of the simulated provider only. */
export function CardFields({ state, texts }: { state: FormState; texts: Readonly<Record<string, string>> }) {
  return (
    <div className="grid gap-3 sm:grid-cols-[1fr_7rem_7rem]">
      <Field
        label={texts.number ?? ''}
        name="number"
        state={state}
        required
        inputMode="numeric"
        autoComplete="cc-number"
        placeholder="4242 4242 4242 4242"
      />
      <Field
        label={texts.expiry ?? ''}
        name="expiry"
        state={state}
        required
        inputMode="numeric"
        autoComplete="cc-exp"
        placeholder="12/34"
        pattern="(0[1-9]|1[0-2])\s*/\s*(\d{2}|\d{4})"
      />
      <Field
        label={texts.securityCode ?? ''}
        name="securityCode"
        state={state}
        required
        inputMode="numeric"
        autoComplete="cc-csc"
        placeholder="123"
        pattern="\d{3,4}"
      />
    </div>
  );
}

/** Says that the provider is simulated, and which cards do what. */
export function TestCards({ texts, isKept = false }: { texts: Readonly<Record<string, string>>; isKept?: boolean }) {
  return (
    <details className="rounded-small bg-muted p-3 text-sm" open>
      <summary className="font-semibold">{texts.simulated}</summary>
      <p className="mt-2">{texts.testCards}</p>
      <ul className="mt-1 space-y-0.5">
        {(isKept ? KEPT_TEST_CARDS : TEST_CARDS).map(([number, what]) => (
          <li key={number}>
            <code className="font-mono">{number}</code> — {texts[what]}
          </li>
        ))}
      </ul>
    </details>
  );
}
