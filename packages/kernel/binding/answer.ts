import { z } from 'zod';

/** Makes of an answer what callers get, or throws what `z.ZodType.parse` throws. */
export type AnswerReader = (answer: unknown) => unknown;

/** A part of an answer as callers get it, or MISMATCH when it is not of the schema's shape. */
type Read = (value: unknown) => unknown;

const MISMATCH = Symbol('not of this shape');

/** Texts of these formats are only looked at by Zod, never changed. */
const PLAIN_FORMATS: ReadonlySet<unknown> = new Set([undefined, 'regex', 'datetime', 'date', 'uuid', 'email']);

/** Checks answers wholly, patterns and limits included: for tests. */
export function wholeReader(schema: z.ZodType): AnswerReader {
  return (answer) => schema.parse(answer);
}

/**
 * Reads answers of our own code by their shape: fields that the schema does not declare are left out; kinds, missing
 * fields and known words are checked; texts are not matched against patterns nor numbers against limits. An answer that
 * does not fit is given to the schema itself, which says what is wrong; so is every part whose schema changes values
 * or is of a kind not known here. Tests check answers whole: to do so for each answer costs more than to make it.
 */
export function shapeReader(schema: z.ZodType): AnswerReader {
  const read = readOf(schema);
  return (answer) => {
    const shaped = read(answer);
    return shaped === MISMATCH ? schema.parse(answer) : shaped;
  };
}

function readOf(schema: z.core.$ZodType): Read {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const changesValues = def.checks?.some(({ _zod }) => _zod.def.check === 'overwrite') || 'coerce' in def;
  if (changesValues) return readWhole(schema);
  const format = 'format' in def ? def.format : undefined;
  switch (def.type) {
    case 'string':
      return PLAIN_FORMATS.has(format) ? (value) => (typeof value === 'string' ? value : MISMATCH) : readWhole(schema);
    case 'number':
      return format === 'safeint'
        ? (value) => (Number.isSafeInteger(value) ? value : MISMATCH)
        : (value) => (Number.isFinite(value) ? value : MISMATCH);
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? value : MISMATCH);
    case 'enum':
      return oneOf(Object.values(def.entries));
    case 'literal':
      return oneOf(def.values);
    case 'nullable':
      return unless(null, readOf(def.innerType));
    case 'optional':
      // An inner default speaks for what is missing.
      return def.innerType._zod.optin === 'defaulted' ? readWhole(schema) : unless(undefined, readOf(def.innerType));
    case 'array':
      return arrayOf(readOf(def.element));
    case 'object':
      return def.catchall === undefined ? objectOf(def.shape) : readWhole(schema);
    case 'record':
      return hasFreeKeys(def) ? recordOf(readOf(def.keyType), readOf(def.valueType)) : readWhole(schema);
    case 'union':
      return def.options.every(isUnchanged) ? firstOf(def.options.map(readOf)) : readWhole(schema);
    default:
      return readWhole(schema);
  }
}

function readWhole(schema: z.core.$ZodType): Read {
  return (value) => {
    const { success, data } = z.safeParse(schema, value);
    return success ? data : MISMATCH;
  };
}

function oneOf(values: readonly unknown[]): Read {
  const known = new Set(values);
  return (value) => (known.has(value) ? value : MISMATCH);
}

function unless(nothing: null | undefined, read: Read): Read {
  return (value) => (value === nothing ? value : read(value));
}

/** What is answered as it is, whichever choice of a union it satisfies: single values, and lists of them. */
function isUnchanged(schema: z.core.$ZodType): boolean {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'array') return isUnchanged(def.element);
  return def.type === 'string' || def.type === 'number' || def.type === 'boolean' || def.type === 'literal';
}

function firstOf(reads: readonly Read[]): Read {
  return (value) => {
    for (const read of reads) {
      const shaped = read(value);
      if (shaped !== MISMATCH) return shaped;
    }
    return MISMATCH;
  };
}

function arrayOf(read: Read): Read {
  return (value) => {
    if (!Array.isArray(value)) return MISMATCH;
    const items: unknown[] = [];
    for (const each of value) {
      const item = read(each);
      if (item === MISMATCH) return MISMATCH;
      items.push(item);
    }
    return items;
  };
}

/** Whether any of its keys may be missing; a record whose keys must all be there is Zod's to check. */
function hasFreeKeys({ keyType, partial }: { keyType: z.core.$ZodType; partial?: boolean }): boolean {
  const { type } = keyType._zod.def;
  return type === 'string' || (type === 'enum' && partial === true);
}

function recordOf(readKey: Read, readValue: Read): Read {
  return (value) => {
    if (!isPlain(value)) return MISMATCH;
    const shaped: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      if (key === '__proto__') continue;
      const item = readValue(value[key]);
      if (item === MISMATCH || readKey(key) === MISMATCH) return MISMATCH;
      shaped[key] = item;
    }
    return shaped;
  };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/**
 * Written out as code, as Zod does for its objects: fields are read and written at places known beforehand, which
 * takes a quarter of a loop over the keys. All that comes into the code are the contract's own keys, as JSON.
 */
function objectOf(shape: Readonly<Record<string, z.core.$ZodType>>): Read {
  const keys = Object.keys(shape);
  const lines = ['if (!isPlain(value)) return MISMATCH;'];
  const always: string[] = [];
  const sometimes: string[] = [];
  keys.forEach((key, i) => {
    lines.push(
      `const field${i} = read${i}(value[${JSON.stringify(key)}]);`,
      `if (field${i} === MISMATCH) return MISMATCH;`,
    );
    const isOptional = shape[key]?._zod.optout === 'optional';
    if (isOptional) sometimes.push(`if (field${i} !== undefined) shaped[${JSON.stringify(key)}] = field${i};`);
    else always.push(`${JSON.stringify(key)}: field${i}`);
  });
  lines.push(`const shaped = { ${always.join(', ')} };`, ...sometimes, 'return shaped;');
  const reads = keys.map((key) => readOf(shape[key] as z.core.$ZodType));
  const make = new Function(
    'isPlain',
    'MISMATCH',
    ...reads.map((_, i) => `read${i}`),
    `return (value) => { ${lines.join('\n')} }`,
  );
  return make(isPlain, MISMATCH, ...reads) as Read;
}
