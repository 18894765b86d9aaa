import { z } from 'zod';

type Shape = { type?: string | string[]; items?: Shape; anyOf?: Shape[]; oneOf?: Shape[]; $ref?: string };

/** What a text parameter of a URL is read as. */
type Reader = (value: unknown) => unknown;

/**
 * Reads the texts of a URL as the input schema's types: numbers, booleans, and lists (a single value is a list of
 * one). What does not read stays text, so that the schema refuses it and names the field.
 */
export function parameterReader(input: z.ZodType): (parameters: Record<string, unknown>) => Record<string, unknown> {
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, Shape>;
    $defs?: Record<string, Shape>;
  };
  const readers = new Map<string, Reader>(
    Object.entries(schema.properties ?? {}).map(([name, shape]) => [name, readerOf(shape, schema.$defs ?? {})]),
  );
  return (parameters) => {
    const read: Record<string, unknown> = {};
    for (const name in parameters) read[name] = readers.get(name)?.(parameters[name]) ?? parameters[name];
    return read;
  };
}

function readerOf(shape: Shape, definitions: Record<string, Shape>): Reader {
  if (shape.$ref !== undefined) return readerOf(definitions[shape.$ref.replace('#/$defs/', '')] ?? {}, definitions);
  const choice = (shape.anyOf ?? shape.oneOf)?.find((each) => each.type !== 'null');
  if (choice !== undefined) return readerOf(choice, definitions);
  const type = Array.isArray(shape.type) ? shape.type.find((each) => each !== 'null') : shape.type;
  if (type === 'integer' || type === 'number') return readNumber;
  if (type === 'boolean') return (value) => (value === 'true' ? true : value === 'false' ? false : value);
  if (type === 'array') {
    const readItem = readerOf(shape.items ?? {}, definitions);
    return (value) => (Array.isArray(value) ? value : [value]).map(readItem);
  }
  return (value) => value;
}

function readNumber(value: unknown): unknown {
  if (typeof value !== 'string' || value.trim() === '') return value;
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}
