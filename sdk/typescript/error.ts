import type { FieldError } from '@plaza/kernel';

/** A refusal of the API, with everything the API said: decide by `code`, show `errors` beside their fields. */
export class PlazaError extends Error {
  override readonly name = 'PlazaError';
  /** Why, for programs: `OUT_OF_STOCK`. UNREACHABLE when no answer came, which says nothing of whether a write took effect. */
  readonly code: string;
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** What the refusal is about; which fields it has depends on `code`. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Which fields of the input are wrong, by JSON pointer. */
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
