import { z } from 'zod';

/** How much a field may be: characters of a text, items of a list, or a number's own value. */
export const FieldLimit = z.object({
  of: z.enum(['characters', 'items', 'value']),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});
export type FieldLimit = z.output<typeof FieldLimit>;

/** One thing wrong with the input: where (a JSON pointer, RFC 6901), what kind, and what would be right. */
export const FieldError = z.object({
  pointer: z.string().meta({ description: 'JSON pointer (RFC 6901) to the field.' }),
  code: z.string(),
  detail: z.string().meta({ description: 'What would be right, in English.' }),
  limit: FieldLimit.optional().meta({ description: 'The limit that was passed, for who says it in other words.' }),
  choices: z
    .array(z.string())
    .optional()
    .meta({ description: 'What could be chosen instead, for who says it in other words.' }),
  at: z
    .object({ line: z.int(), column: z.string().optional() })
    .optional()
    .meta({ description: 'Of a field that is a file: the line, counted from 1 with the header, and the column.' }),
});
export type FieldError = z.output<typeof FieldError>;

/** What is wrong with a value that is none of the choices. */
export function noneOf(choices: readonly string[]): Pick<FieldError, 'detail' | 'choices'> {
  return { detail: `must be ${choices.length > 1 ? 'one of ' : ''}${choices.join(', ')}`, choices: [...choices] };
}

/** One step of a JSON pointer, escaped. */
export function pointerTo(part: PropertyKey): string {
  return `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** What a failed schema says. Parse with `whatWouldBeRight` as its `error`, so that it says so to people. */
export function fieldErrorsOf({ issues }: z.ZodError): FieldError[] {
  return issues.map((issue) => {
    const limit = limitOf(issue);
    return {
      pointer: issue.path.map(pointerTo).join(''),
      code: issue.code ?? 'custom',
      detail: issue.message,
      ...(limit === undefined ? {} : { limit }),
      ...(issue.code === 'invalid_value' ? { choices: issue.values.map(String) } : {}),
    };
  });
}

/** Words for mistakes that a schema has none of its own for; undefined leaves them to the library. */
export function whatWouldBeRight(issue: z.core.$ZodRawIssue): string | undefined {
  const limit = limitOf(issue);
  if (limit !== undefined) return `must ${limitText(limit)}`;
  if (issue.code === 'invalid_type') return issue.input === undefined ? 'must be given' : typeText(issue.expected);
  if (issue.code === 'invalid_value') return noneOf(issue.values.map(String)).detail;
  return undefined;
}

const COUNTED = { string: 'characters', array: 'items', set: 'items', number: 'value', int: 'value' } as const;

function limitOf(issue: z.core.$ZodRawIssue | z.core.$ZodIssue): FieldLimit | undefined {
  if (issue.code !== 'too_small' && issue.code !== 'too_big') return undefined;
  const of = COUNTED[issue.origin as keyof typeof COUNTED];
  if (of === undefined || issue.inclusive === false) return undefined;
  return issue.code === 'too_small' ? { of, minimum: Number(issue.minimum) } : { of, maximum: Number(issue.maximum) };
}

function limitText({ of, minimum, maximum }: FieldLimit): string {
  if (of !== 'value' && minimum === 1) return 'not be empty';
  const count = minimum ?? maximum;
  const atLeast = `at ${minimum === undefined ? 'most' : 'least'} ${count}`;
  return of === 'value' ? `be ${atLeast}` : `have ${atLeast} ${count === 1 ? of.slice(0, -1) : of}`;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function typeText(expected: string): string | undefined {
  const type = TYPES[expected];
  return type === undefined ? undefined : `must be ${type}`;
}
