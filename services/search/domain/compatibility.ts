/** A range of versions, both ends included; null: open. `2022.3` as an end holds all of 2022.3.x. */
export type VersionRange = { readonly from: string | null; readonly to: string | null };

/** What something works with: a program, as people write its name in one word, and its versions. */
export type Compatibility = { readonly program: string } & VersionRange;

const VERSION = String.raw`\d{1,6}(?:\.\d{1,6}){0,3}`;
/** `Unity 2022.3+`, `Unity 2022.3 – 6.1`, `Godot 4`, `Unreal Engine ≥ 5.3`, `Blender up to 4.2`. */
const PART = new RegExp(
  String.raw`^(?<program>[\p{L}][\p{L} ]*?)\s+(?:(?<least>≥|>=)\s*|(?<most>≤|<=|up to)\s*)?v?(?<first>${VERSION})(?:\.x)?\s*(?:(?<open>\+)|(?:–|—|-|to)\s*v?(?<last>${VERSION})(?:\.x)?)?$`,
  'iu',
);
const WORDS_OF_NO_USE = /\s+engine$/;
/** Ranges read of one listing. */
const RANGES_MAX = 20;

/** Unity 6 counts as 6000 (https://unity.com/releases/unity-6): newer than 2023. */
const UNITY_RENAMED = { program: 'unity', from: 6, below: 1000, factor: 1000 };

/** Reads what sellers write: programs with their versions, between commas. What is not understood is left out. */
export function compatibilitiesIn(text: string): Compatibility[] {
  return text
    .split(/[,;/\n]/)
    .slice(0, RANGES_MAX)
    .flatMap((part): Compatibility[] => {
      const found = PART.exec(part.trim())?.groups;
      if (found === undefined) return [];
      const { least, most, open } = found;
      const program = (found.program ?? '').toLowerCase().replace(WORDS_OF_NO_USE, '');
      const first = counted(program, found.first ?? '');
      const last = found.last === undefined ? undefined : counted(program, found.last);
      if (most !== undefined) return [{ program, from: null, to: first }];
      if (least !== undefined || open !== undefined) return [{ program, from: first, to: null }];
      return [{ program, from: first, to: last ?? first }];
    });
}

/** A version by the number that it counts as among the program's others. */
function counted(program: string, version: string): string {
  const [major = '', ...rest] = version.split('.');
  const { from, below, factor } = UNITY_RENAMED;
  const isRenamed = program === UNITY_RENAMED.program && Number(major) >= from && Number(major) < below;
  return isRenamed ? [Number(major) * factor, ...rest].join('.') : version;
}

/** Listings by what they work with: facts of this key, `unity 2022.3..6000.1`. Nobody is shown counts of them. */
export const WORKS_KEY = '@works';

export function worksFact({ program, from, to }: Compatibility): string {
  return `${WORKS_KEY}:${program} ${from ?? ''}..${to ?? ''}`;
}

/** Whether the value of a fact holds one program in one version, as `compatibilitiesIn` reads it. */
export function worksWith(value: string, { program, from: version }: Compatibility): boolean {
  const [, named = '', from = '', to = ''] = /^(.+) ([\d.]*?)\.\.([\d.]*)$/.exec(value) ?? [];
  return named === program && version !== null && isWithin(version, { from: from || null, to: to || null });
}

/** Negative when `a` is the older version: part by part as numbers, a part that is missing being nothing. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a version lies in a range: 2022.3.10 lies in `2022.3`–`2022.3`, and 2022 means some 2022.x. */
export function isWithin(version: string, { from, to }: VersionRange): boolean {
  const isOf = (end: string) => `${version}.`.startsWith(`${end}.`) || `${end}.`.startsWith(`${version}.`);
  const isFrom = from === null || isOf(from) || compareVersions(version, from) >= 0;
  return isFrom && (to === null || isOf(to) || compareVersions(version, to) <= 0);
}
