import type { FieldError } from '@plaza/kernel';
import type { Attribute } from '@plaza/kernel/marketplace';
import type { Attributes, AttributeValue } from '../contract.ts';

/**
 * What is wrong with a listing's attributes, by JSON pointer below `/attributes`. `isComplete`: required ones must be
 * there too (drafts may lack them). `schema` is `attributesOf(categories, categoryId)`.
 */
export function attributeMistakes(
  schema: readonly Attribute[],
  values: Attributes,
  { isComplete }: { isComplete: boolean },
): FieldError[] {
  const found: FieldError[] = [];
  const known = new Map(schema.map((attribute) => [attribute.key, attribute]));
  for (const [key, value] of Object.entries(values)) {
    const attribute = known.get(key);
    const detail = attribute === undefined ? 'is not an attribute of this category' : mistake(attribute, value);
    if (detail !== undefined)
      found.push({ pointer: pointerTo(key), code: attribute === undefined ? 'unknown' : attribute.type, detail });
  }
  if (!isComplete) return found;
  for (const { key, required } of schema)
    if (required && isEmpty(Object.hasOwn(values, key) ? values[key] : undefined))
      found.push({ pointer: pointerTo(key), code: 'required', detail: 'must be given' });
  return found;
}

function pointerTo(key: string): string {
  return `/attributes/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function isEmpty(value: AttributeValue | undefined): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function mistake(attribute: Attribute, value: AttributeValue): string | undefined {
  const options = attribute.options?.map((option) => option.value) ?? [];
  switch (attribute.type) {
    case 'text':
      return typeof value === 'string' ? undefined : 'must be text';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true or false';
    case 'number':
      return numberMistake(attribute, value);
    case 'enum':
      return typeof value === 'string' && options.includes(value) ? undefined : `must be one of ${options.join(', ')}`;
    case 'multi-enum':
      if (!Array.isArray(value) || !value.every((each) => options.includes(each)))
        return `must be a list of ${options.join(', ')}`;
      return new Set(value).size === value.length ? undefined : 'must name each option once';
    default:
      return attribute.type satisfies never;
  }
}

function numberMistake({ minimum, maximum, unit }: Attribute, value: AttributeValue): string | undefined {
  const inUnit = unit === undefined ? '' : ` ${unit}`;
  if (typeof value !== 'number' || !Number.isFinite(value))
    return `must be a number${unit === undefined ? '' : ` in ${unit}`}`;
  if (minimum !== undefined && value < minimum) return `must be at least ${minimum}${inUnit}`;
  if (maximum !== undefined && value > maximum) return `must be at most ${maximum}${inUnit}`;
  return undefined;
}
