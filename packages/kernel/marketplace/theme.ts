import { z } from 'zod';

const Color = z.string().regex(/^#[0-9a-f]{6}$/, 'must be a color such as #0f766e (six lower-case hexadecimal digits)');

/** Colors by role. Each `on…` color is readable (WCAG AA, 4.5 : 1) on the color it is named for. */
export const Colors = z.strictObject({
  background: Color,
  /** Cards, sheets and fields, raised above the background. */
  surface: Color,
  /** Quiet areas: hovered rows, image placeholders, chips. */
  muted: Color,
  border: Color,
  text: Color,
  /** Secondary text; still readable on background, surface and muted. */
  textMuted: Color,
  primary: Color,
  onPrimary: Color,
  /** A second voice, e.g. for badges and prices on offer. */
  accent: Color,
  onAccent: Color,
  /** Links on background and surface. */
  link: Color,
  success: Color,
  onSuccess: Color,
  warning: Color,
  onWarning: Color,
  danger: Color,
  onDanger: Color,
  /** The ring around what has keyboard focus; 3 : 1 against the background. */
  focus: Color,
});
export type Colors = z.output<typeof Colors>;

const Radius = z.int().min(0).max(40);

/** How a marketplace looks; the web app turns it into CSS variables. Sizes in CSS pixels. */
export const Theme = z.strictObject({
  style: z.enum(['glass', 'warm', 'clean', 'plain']),
  /** What a visitor without a preference sees. `system` follows the device. */
  defaultScheme: z.enum(['light', 'dark', 'system']).default('system'),
  radius: z.strictObject({ small: Radius, medium: Radius, large: Radius }),
  fonts: z.strictObject({ body: z.string().max(300), heading: z.string().max(300) }),
  /** The mark as SVG path data, drawn in `primary` by the even-odd rule (`fill-rule="evenodd"`): inner outlines are holes. */
  logo: z.strictObject({
    viewBox: z.string().default('0 0 32 32'),
    path: z.string().regex(/^[MmLlHhVvCcSsQqTtAaZz0-9\s,.\-e]+$/, 'must be SVG path data'),
  }),
  light: Colors,
  dark: Colors,
});
export type Theme = z.output<typeof Theme>;

/**
 * The contrast ratio of two colors, 1 to 21 (WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
 * Black on white is 21; AA asks 4.5 for text and 3 for large text and controls.
 */
export function contrastRatio(a: string, b: string): number {
  const [lighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** Relative luminance of an sRGB color, 0 to 1 (WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance). */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Pairs that must be readable, with the least ratio each needs. */
const PAIRS: readonly (readonly [keyof Colors, keyof Colors, number])[] = [
  ...(['background', 'surface', 'muted'] as const).flatMap((ground) => [
    ['text', ground, 4.5] as const,
    ['textMuted', ground, 4.5] as const,
    ['link', ground, 4.5] as const,
  ]),
  ['onPrimary', 'primary', 4.5],
  ['onAccent', 'accent', 4.5],
  ['onSuccess', 'success', 4.5],
  ['onWarning', 'warning', 4.5],
  ['onDanger', 'danger', 4.5],
  ['danger', 'surface', 3],
  ['primary', 'background', 3],
  ['focus', 'background', 3],
  ['focus', 'surface', 3],
];

/** What people with low vision could not read in a theme; empty when it passes WCAG AA. */
export function unreadablePairs(theme: Theme): string[] {
  return (['light', 'dark'] as const).flatMap((scheme) =>
    PAIRS.flatMap(([foreground, ground, least]) => {
      const ratio = contrastRatio(theme[scheme][foreground], theme[scheme][ground]);
      if (ratio >= least) return [];
      return [`${scheme}: ${foreground} on ${ground} has contrast ${ratio.toFixed(2)}, must have at least ${least}`];
    }),
  );
}
