import { z } from 'zod';
import { LocalizedText } from '../localized.ts';

/** A stable, lower-case name used in URLs and data, e.g. `game-consoles`. */
export const Slug = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens, e.g. game-consoles');

export const ListingKind = z.enum(['physical', 'digital', 'service']);
export type ListingKind = z.output<typeof ListingKind>;

const AttributeOption = z.strictObject({ value: Slug, label: LocalizedText });

/**
 * One property that listings of a category have, e.g. storage of a phone. Values are stored as text, number, boolean,
 * an option's `value`, or (multi-enum) an array of them.
 */
export const Attribute = z
  .strictObject({
    key: z
      .string()
      .max(40)
      .regex(/^[a-z][a-zA-Z0-9]*$/, 'must be camelCase, e.g. polyCount'),
    label: LocalizedText,
    type: z.enum(['text', 'number', 'boolean', 'enum', 'multi-enum']),
    unit: z.string().max(20).optional(),
    options: z.array(AttributeOption).min(2).max(100).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    required: z.boolean().default(false),
    filterable: z.boolean().default(false),
    searchable: z.boolean().default(false),
    /** Text that names programs with their versions (`Unity 2022.3+, Godot 4`), found by a version that it works with. */
    versions: z.boolean().default(false),
  })
  .superRefine((attribute, issues) => {
    const isEnum = attribute.type === 'enum' || attribute.type === 'multi-enum';
    if (isEnum && !attribute.options)
      issues.addIssue({ code: 'custom', path: ['options'], message: `must be given for type ${attribute.type}` });
    if (!isEnum && attribute.options)
      issues.addIssue({
        code: 'custom',
        path: ['options'],
        message: `must be left out for type ${attribute.type}, or the type be enum or multi-enum`,
      });
    const values = attribute.options?.map(({ value }) => value) ?? [];
    const repeated = values.find((value, i) => values.indexOf(value) !== i);
    if (repeated !== undefined)
      issues.addIssue({
        code: 'custom',
        path: ['options'],
        message: `must name each option once; "${repeated}" is repeated`,
      });
  });
export type Attribute = z.output<typeof Attribute>;

/** Icons of categories: names the web app draws (Lucide, https://lucide.dev/icons). */
const Icon = z
  .string()
  .max(40)
  .regex(/^[a-z0-9-]+$/, 'must be the name of a Lucide icon, e.g. smartphone');

const categoryFields = {
  id: Slug,
  name: LocalizedText,
  icon: Icon.default('tag'),
  /** Listing kinds allowed here; left out, those of the parent, at the top all of the marketplace. */
  kinds: z.array(ListingKind).min(1).optional(),
  /** Attributes of this category and all below it. */
  attributes: z.array(Attribute).max(40).default([]),
};

/** A category and the ones within it. Ids are unique in the whole tree. */
export type Category = z.output<z.ZodObject<typeof categoryFields>> & { children: Category[] };

export const Category: z.ZodType<Category> = z.strictObject({
  ...categoryFields,
  get children(): z.ZodType<Category[]> {
    return z.array(Category).max(60).default([]) as z.ZodType<Category[]>;
  },
}) as unknown as z.ZodType<Category>; // Zod cannot infer a recursive type with defaults; the fields above are its proof

/** The categories from the top down to `id`, or undefined when there is none. */
export function findCategoryPath(categories: readonly Category[], id: string): Category[] | undefined {
  for (const category of categories) {
    if (category.id === id) return [category];
    const below = findCategoryPath(category.children, id);
    if (below) return [category, ...below];
  }
  return undefined;
}

/** Every attribute a listing of category `id` may have: its own after those of the categories above it. */
export function attributesOf(categories: readonly Category[], id: string): Attribute[] {
  return (findCategoryPath(categories, id) ?? []).flatMap(({ attributes }) => attributes);
}

const YES: LocalizedText = { en: 'Yes', th: 'ใช่', es: 'Sí', ja: 'はい' };
const NO: LocalizedText = { en: 'No', th: 'ไม่ใช่', es: 'No', ja: 'いいえ' };

/** What people call a value of an attribute, which is written as filters write it: an option's label, yes or no, else itself. */
export function nameOfValue({ type, options }: Attribute, value: string): LocalizedText {
  if (type === 'boolean') return value === 'true' ? YES : NO;
  return options?.find((option) => option.value === value)?.label ?? { en: value };
}

/** The listing kinds category `id` allows: the nearest that says so, going up; else all of `marketplaceKinds`. */
export function kindsOf(
  categories: readonly Category[],
  id: string,
  marketplaceKinds: readonly ListingKind[],
): readonly ListingKind[] {
  const path = findCategoryPath(categories, id) ?? [];
  return path.findLast(({ kinds }) => kinds !== undefined)?.kinds ?? marketplaceKinds;
}

/** Every category of the tree, parents before children. */
export function flattenCategories(categories: readonly Category[]): Category[] {
  return categories.flatMap((category) => [category, ...flattenCategories(category.children)]);
}
