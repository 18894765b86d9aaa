'use client';

import type { FormState } from '../lib/form.ts';
import { ActionForm, SubmitButton } from './form.tsx';
import { Link } from './link.tsx';
import { Thumb } from './thumb.tsx';

type Result = {
  readonly id: string;
  readonly title: string;
  readonly href: string;
  readonly imageUrl: string | null;
  readonly facts: string;
  /** The reader's own, 0 to 3. */
  readonly grade: number | null;
  /** What all operators said, in words. */
  readonly average: string | null;
};

type Props = {
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly idempotencyKey: string;
  readonly results: readonly Result[];
  /** `grades`: the names of 0 to 3. */
  readonly texts: { readonly grades: readonly string[]; readonly save: string; readonly pending: string };
};

/** Results in their order, each with its grade to choose. */
export function GradeForm({ action, idempotencyKey, results, texts }: Props) {
  return (
    <ActionForm action={action} className="space-y-4" idempotencyKey={idempotencyKey}>
      {() => (
        <>
          <ol className="card divide-y divide-line">
            {results.map((result, place) => (
              <li key={result.id} className="flex flex-wrap items-center gap-x-4 gap-y-3 p-4">
                <span className="w-6 text-right text-sm text-ink-muted">{place + 1}</span>
                <Thumb url={result.imageUrl} />
                <div className="min-w-40 flex-1">
                  <Link className="link font-medium" href={result.href}>
                    {result.title}
                  </Link>
                  <p className="text-sm text-ink-muted">{result.facts}</p>
                  {result.average !== null && <p className="text-sm text-ink-muted">{result.average}</p>}
                </div>
                <fieldset className="flex w-full flex-wrap gap-2 sm:w-auto">
                  <legend className="sr-only">{result.title}</legend>
                  {texts.grades.map((name, grade) => (
                    <label
                      key={name}
                      className="chip min-h-10 cursor-pointer has-checked:bg-primary has-checked:text-on-primary has-focus-visible:outline-2"
                    >
                      <input
                        className="sr-only"
                        type="radio"
                        name={`grade.${result.id}`}
                        value={grade}
                        defaultChecked={result.grade === grade}
                      />
                      {name}
                    </label>
                  ))}
                </fieldset>
              </li>
            ))}
          </ol>
          <SubmitButton className="button button-primary" pendingLabel={texts.pending}>
            {texts.save}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
