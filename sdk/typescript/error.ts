import type { FieldError } from '@plaza/kernel';

/** A refusal of the API, with everything the API said: decide by `code`, show `errors` beside their fields. */
export class PlazaError extends Error {
  override readonly name = 'PlazaError';
  readonly code: string;
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly errors: readonly FieldError[];
  /** The id of the request, to quote when asking for help. */
  readonly requestId: string | undefined;

  constructor(problem: Problem, status: number) {
    super(problem.title ?? 'The request was refused.');
    this.code = problem.code ?? 'UNKNOWN';
    this.status = status;
    this.data = problem.data ?? {};
    this.errors = problem.errors ?? [];
    this.requestId = problem.instance;
  }
}

/** RFC 9457 problem details, as the API sends them. */
export type Problem = {
  readonly code?: string;
  readonly title?: string;
  readonly instance?: string;
  readonly data?: Record<string, unknown>;
  readonly errors?: FieldError[];
};
