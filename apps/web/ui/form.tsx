'use client';

import { type ReactNode, useActionState, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useFormStatus } from 'react-dom';
import type { FormState } from '../lib/form.ts';
import { keepEntered } from './keep-entered.ts';

type Action = (state: FormState, form: FormData) => Promise<FormState>;

/**
 * A form that works without JavaScript: sent to its action, shown again with what was entered and what is wrong. The
 * hidden key tells a repeat (a double click, a lost answer) from a new request, also of a form that stays after it was
 * accepted. After its action React resets a form, which would also empty what was refused, and set radio buttons back to
 * what was chosen at first.
 */
export function ActionForm({
  action,
  children,
  className,
  idempotencyKey,
  label,
  isKept = false,
}: {
  action: Action;
  children: (state: FormState) => ReactNode;
  className?: string;
  /** Stays as it was filled in when it was accepted, too. */
  isKept?: boolean;
  /** None for a form that only asks. */
  idempotencyKey?: string;
  label?: string;
}) {
  const [state, send] = useActionState(keepEntered(action), {});
  const timesAccepted = useTimesAccepted(state);
  const form = useFocusBeside();
  const problem = useRef<HTMLDivElement>(null);
  const notice = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (state.error !== undefined) problem.current?.focus();
    // What had the focus may be gone with what was done.
    else if (document.activeElement === document.body) notice.current?.focus();
  }, [state]);
  return (
    <form
      ref={form}
      action={send}
      className={className}
      aria-label={label}
      noValidate={false}
      onReset={(event) => {
        if (isKept || state.error !== undefined) event.preventDefault();
      }}
    >
      {idempotencyKey !== undefined && (
        <input
          type="hidden"
          name="idempotencyKey"
          value={[idempotencyKey, timesAccepted || undefined, state.code]
            .filter((each) => each !== undefined)
            .join('-')}
        />
      )}
      {typeof state.result?.currentVersion === 'number' && (
        <input type="hidden" name="expectedVersion" value={state.result.currentVersion} />
      )}
      {state.error !== undefined && (
        <div
          ref={problem}
          tabIndex={-1}
          role="alert"
          className="rounded-small border border-danger bg-surface p-3 text-ink"
        >
          <p className="font-semibold text-danger">{state.error}</p>
          {state.wayOut !== undefined && (
            <a className="link" href={state.wayOut.href} target="_blank" rel="noopener">
              {state.wayOut.label}
            </a>
          )}
        </div>
      )}
      {state.notice !== undefined && (
        <p
          ref={notice}
          tabIndex={-1}
          role="status"
          className="rounded-small bg-success p-3 font-medium text-on-success"
        >
          {state.notice}
        </p>
      )}
      {children(state)}
    </form>
  );
}

/**
 * When a form goes with what it was about (a suggestion that was dismissed, a difference that was settled), who has no mouse
 * goes on at the next of its list, or at the heading above it, and not at the top of the page.
 */
function useFocusBeside() {
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    const here = form.current;
    return () => {
      if (here?.contains(document.activeElement) !== true) return;
      const item = here.closest('li');
      const neighbors = [item?.nextElementSibling, item?.previousElementSibling];
      const heading = here.closest('section')?.querySelector<HTMLElement>('h2');
      setTimeout(() => {
        if (document.activeElement !== document.body) return;
        const fields = neighbors.flatMap((each) => each?.querySelector<HTMLElement>('form :is(button, .input)') ?? []);
        const [next] = fields.filter(({ isConnected }) => isConnected);
        if (next !== undefined) next.focus();
        else if (heading?.isConnected) {
          heading.tabIndex = -1;
          heading.focus();
        }
      });
    };
  }, []);
  return form;
}

/** How often a form was accepted since it came on the screen. */
function useTimesAccepted(state: FormState): number {
  const [count, setCount] = useState(0);
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current && state.error === undefined) setCount((before) => before + 1);
    isFirst.current = false;
  }, [state]);
  return count;
}

/** A labelled field with its hint and its mistake, tied together for screen readers. */
export function Field({
  label,
  name,
  state,
  hint,
  type = 'text',
  required = false,
  defaultValue,
  children,
  ...rest
}: {
  label: string;
  name: string;
  state?: FormState;
  hint?: string;
  type?: string;
  required?: boolean;
  defaultValue?: string | number | undefined;
  autoComplete?: string;
  inputMode?: 'numeric' | 'decimal' | 'email' | 'tel' | 'text';
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  accept?: string;
  placeholder?: string;
  min?: number | string;
  max?: number | string;
  step?: string;
  rows?: number;
  children?: ReactNode;
}) {
  const id = useId();
  const isText = type === 'textarea' || rest.rows !== undefined;
  const mistake = state?.fields?.[name] ?? (isText ? firstMistakeIn(state, name) : undefined);
  const described = [hint === undefined ? '' : `${id}-hint`, mistake === undefined ? '' : `${id}-mistake`]
    .filter((each) => each !== '')
    .join(' ');
  const shared = {
    id,
    name,
    required,
    'aria-invalid': mistake !== undefined,
    'aria-describedby': described === '' ? undefined : described,
    className: 'input',
  } as const;
  const value = state?.values?.[name] ?? defaultValue;
  return (
    <div className="space-y-1">
      <label htmlFor={id} className="block text-sm font-medium">
        {label}
        {required && (
          <span aria-hidden="true" className="text-danger">
            {' '}
            *
          </span>
        )}
      </label>
      {children !== undefined ? (
        <select {...shared} defaultValue={value} key={String(value)}>
          {children}
        </select>
      ) : isText ? (
        <textarea {...shared} {...rest} defaultValue={value} rows={rest.rows ?? 5} />
      ) : (
        <input {...shared} {...rest} type={type} defaultValue={value} />
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-sm text-ink-muted">
          {hint}
        </p>
      )}
      {mistake !== undefined && (
        <p id={`${id}-mistake`} className="whitespace-pre-line text-sm font-medium text-danger">
          {mistake}
        </p>
      )}
    </div>
  );
}

/** Of a text that is read as a list, the first mistake in it, with its place in the list from 1. */
function firstMistakeIn(state: FormState | undefined, name: string): string | undefined {
  const [part, mistake] = Object.entries(state?.fields ?? {}).find(([key]) => key.startsWith(`${name}.`)) ?? [];
  return part === undefined ? undefined : `${Number(part.split('.')[1]) + 1}: ${mistake}`;
}

/**
 * Sends its form; says so while it is under way, and cannot be pressed twice. It is not `disabled` meanwhile: then it would
 * lose the focus, and who has no mouse would begin anew at the top of the page.
 */
export function SubmitButton({
  children,
  className = 'button button-primary',
  name,
  value,
  pendingLabel,
}: {
  children: ReactNode;
  className?: string;
  name?: string;
  value?: string;
  pendingLabel?: string;
}) {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      className={className}
      aria-disabled={pending}
      aria-busy={pending}
      name={name}
      value={value}
      onClick={(event) => {
        if (pending) event.preventDefault();
      }}
    >
      {pending && pendingLabel !== undefined ? pendingLabel : children}
    </button>
  );
}
