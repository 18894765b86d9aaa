import type { z } from 'zod';

/** What a text parameter of a URL is read as. */
type Reader = (value: unknown) => unknown;

/**
 * Reads the texts of a URL as the input schema's types: numbers, booleans, and lists (a single value is a list of
 * one). What does not read stays text, so that the schema refuses it and names the field.
 */
export function parameterReader(input: z.ZodType): (parameters: Record<string, unknown>) => Record<string, unknown> {
  const { def } = inputOf(input)._zod;
  const readers = new Map<string, Reader>(
    def.type === 'object' ? Object.entries(def.shape).map(([name, schema]) => [name, readerOf(schema)]) : [],
  );
  return (parameters) => {
    const read: Record<string, unknown> = {};
    for (const name in parameters) read[name] = readers.get(name)?.(parameters[name]) ?? parameters[name];
    return read;
  };
}

function readerOf(schema: z.core.$ZodType): Reader {
  const { def } = inputOf(schema)._zod;
  if (def.type === 'array') {
    const readItem = readerOf(def.element);
    return (value) => (Array.isArray(value) ? value : [value]).map(readItem);
  }
  const type = def.type === 'literal' ? typeof def.values[0] : def.type;
  return type === 'number' ? readNumber : type === 'boolean' ? readBoolean : (value) => value;
}

/** What a caller must send for a schema: without defaults, absences and what is made of it afterwards. */
function inputOf(schema: z.core.$ZodType): z.core.$ZodTypes {
  const known = schema as z.core.$ZodTypes;
  const { def } = known._zod;
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'catch':
    case 'readonly':
    case 'nonoptional':
      return inputOf(def.innerType);
    case 'pipe':
      return inputOf(def.in);
    case 'lazy':
      return inputOf(def.getter());
    case 'union':
      return inputOf(def.options[0] as z.core.$ZodType);
    default:
      return known;
  }
}

function readNumber(value: unknown): unknown {
  if (typeof value !== 'string' || value.trim() === '') return value;
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}

function readBoolean(value: unknown): unknown {
  return value === 'true' ? true : value === 'false' ? false : value;
}
