'use client';

import type { FormState } from '../lib/form.ts';
import { ActionForm, Field, SubmitButton } from './form.tsx';

type Action = (state: FormState, form: FormData) => Promise<FormState>;

type Props = {
  readonly action: Action;
  readonly idempotencyKey: string;
  /** What can be done; a reason is asked for to send it back. */
  readonly labels: {
    readonly approve?: string;
    readonly reject?: string;
    readonly reason?: string;
    readonly retry?: string;
    /** It came back after it had arrived: for the account's sake, or the bank's. */
    readonly returnAccount?: string;
    readonly returnBank?: string;
  };
};

/** An operator's word on a payout. */
export function DecidePayoutForm({ action, idempotencyKey, labels }: Props) {
  return (
    <ActionForm action={action} idempotencyKey={idempotencyKey} className="space-y-3">
      {(state) => (
        <>
          {labels.reason !== undefined && <Field label={labels.reason} name="reason" state={state} maxLength={500} />}
          <div className="flex flex-wrap gap-2">
            {labels.approve !== undefined && (
              <SubmitButton name="intent" value="approve">
                {labels.approve}
              </SubmitButton>
            )}
            {labels.retry !== undefined && (
              <SubmitButton name="intent" value="retry">
                {labels.retry}
              </SubmitButton>
            )}
            {(['account', 'bank'] as const).map((fault) => {
              const label = fault === 'account' ? labels.returnAccount : labels.returnBank;
              if (label === undefined) return null;
              return (
                <SubmitButton key={fault} name="intent" value={`return-${fault}`} className="button button-outline">
                  {label}
                </SubmitButton>
              );
            })}
            {labels.reject !== undefined && (
              <SubmitButton name="intent" value="reject" className="button button-quiet">
                {labels.reject}
              </SubmitButton>
            )}
          </div>
        </>
      )}
    </ActionForm>
  );
}

type ResultProps = {
  readonly action: Action;
  readonly payoutId: string;
  readonly idempotencyKey: string;
  readonly labels: Readonly<Record<'paid' | 'failed' | 'account_refused', string>>;
};

/** What the bank did with one payout. */
export function BankResultForm({ action, payoutId, idempotencyKey, labels }: ResultProps) {
  return (
    <ActionForm action={action} idempotencyKey={idempotencyKey} className="space-y-2">
      {() => (
        <div className="flex flex-wrap gap-2">
          {(['paid', 'failed', 'account_refused'] as const).map((result) => (
            <SubmitButton
              key={result}
              name="intent"
              value={`${payoutId} ${result}`}
              className={`button ${result === 'paid' ? 'button-primary' : 'button-quiet'}`}
            >
              {labels[result]}
            </SubmitButton>
          ))}
        </div>
      )}
    </ActionForm>
  );
}
