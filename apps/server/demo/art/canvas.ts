import { chanceFrom } from '@plaza/kernel';

/**
 * A small vector drawing kit for the demo's product pictures. Everything is drawn on 800 × 800 with the floor at about
 * y = 650, in shades of one color, without text (fonts differ by machine) and without blur filters (they are slow).
 */

/** One color in five shades. */
export type Tones = { readonly [Shade in 'lighter' | 'light' | 'base' | 'dark' | 'darker']: string };

/** What a subject draws with: its color, a second one, repeatable chance, and gradients made on the way. */
export type Canvas = {
  readonly color: Tones;
  readonly accent: Tones;
  readonly random: () => number;
  /** A linear gradient from `from` to `to` as a paint, top to bottom unless `angle` (degrees) turns it. */
  readonly gradient: (from: string, to: string, angle?: number) => string;
  /** A radial gradient from the middle outward, optionally lit from elsewhere; a halo when `to` is see-through (#rrggbb00). */
  readonly glow: (from: string, to: string, lightX?: number, lightY?: number) => string;
  readonly definitions: string[];
};

export type Draw = (canvas: Canvas) => string;

export function mix(a: string, b: string, share: number): string {
  const channels = [1, 3, 5].map((start) => {
    const from = Number.parseInt(a.slice(start, start + 2), 16);
    const to = Number.parseInt(b.slice(start, start + 2), 16);
    return Math.round(from + (to - from) * share)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${channels.join('')}`;
}

export function tones(base: string): Tones {
  return {
    lighter: mix(base, '#ffffff', 0.62),
    light: mix(base, '#ffffff', 0.3),
    base,
    dark: mix(base, '#0b0f1e', 0.28),
    darker: mix(base, '#0b0f1e', 0.55),
  };
}

/** Numbers in [0, 1) that are the same for the same seed (an FNV-1a hash of it begins them). */
export function seededRandom(seed: string): () => number {
  let state = 2166136261;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16777619);
  return chanceFrom(state);
}

export function createCanvas(color: string, accent: string, seed: string): Canvas {
  const definitions: string[] = [];
  const stops = (from: string, to: string) =>
    `<stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/>`;
  const define = (make: (id: string) => string) => {
    const id = `d${definitions.length}`;
    definitions.push(make(id));
    return `url(#${id})`;
  };
  return {
    color: tones(color),
    accent: tones(accent),
    random: seededRandom(seed),
    definitions,
    gradient: (from, to, angle = 0) =>
      define(
        (id) =>
          `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1" gradientTransform="rotate(${angle} .5 .5)">${stops(from, to)}</linearGradient>`,
      ),
    glow: (from, to, lightX = 0.5, lightY = 0.5) =>
      define(
        (id) =>
          `<radialGradient id="${id}" cx="${lightX}" cy="${lightY}" r="${to.length === 9 ? 0.5 : 0.75}">${stops(from, to)}</radialGradient>`,
      ),
  };
}

export function rect(x: number, y: number, w: number, h: number, r: number, fill: string, more = ''): string {
  return `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${r}" fill="${fill}" ${more}/>`;
}

export function circle(x: number, y: number, r: number, fill: string, more = ''): string {
  return `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}" ${more}/>`;
}

export function ellipse(x: number, y: number, rx: number, ry: number, fill: string, more = ''): string {
  return `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}" ${more}/>`;
}

export function path(d: string, fill: string, more = ''): string {
  return `<path d="${d}" fill="${fill}" ${more}/>`;
}

export function stroke(d: string, color: string, width: number, more = ''): string {
  return `<path d="${d}" fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`;
}

export function group(inner: string, transform: string, more = ''): string {
  return `<g transform="${transform}" ${more}>${inner}</g>`;
}

/** Repeats `draw` for 0 … count − 1. */
export function times(count: number, draw: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => draw(i)).join('');
}

/** A soft shadow on the floor. */
export function shadow(canvas: Canvas, y = 655, rx = 230, x = 400): string {
  const id = `d${canvas.definitions.length}`;
  canvas.definitions.push(
    `<radialGradient id="${id}"><stop offset="0" stop-color="#0b0f1e" stop-opacity=".38"/><stop offset=".6" stop-color="#0b0f1e" stop-opacity=".14"/><stop offset="1" stop-color="#0b0f1e" stop-opacity="0"/></radialGradient>`,
  );
  return ellipse(x, y, rx, rx * 0.13, `url(#${id})`);
}

/** Where a point of space lands on the picture: x to the lower right, y to the lower left, z up; 1 unit = `scale` px. */
export function isometric(x: number, y: number, z: number, scale = 40, originY = 520): [number, number] {
  return [400 + (x - y) * 0.866 * scale, originY + (x + y) * 0.5 * scale - z * scale];
}

type Box = { x: number; y: number; z: number; w: number; d: number; h: number };

/** A box in isometric view, lit from the upper left: its top, its left side and its right side. */
export function isometricBox({ x, y, z, w, d, h }: Box, color: Tones, scale = 40, originY = 520): string {
  const point = (px: number, py: number, pz: number) =>
    isometric(px, py, pz, scale, originY)
      .map((value) => value.toFixed(1))
      .join(' ');
  const face = (points: string[], fill: string) =>
    path(`M${points.join('L')}Z`, fill, `stroke="${fill}" stroke-width="1" stroke-linejoin="round"`);
  const [x2, y2, z2] = [x + w, y + d, z + h];
  return (
    face([point(x, y, z2), point(x2, y, z2), point(x2, y2, z2), point(x, y2, z2)], color.light) +
    face([point(x, y2, z2), point(x2, y2, z2), point(x2, y2, z), point(x, y2, z)], color.base) +
    face([point(x2, y, z2), point(x2, y2, z2), point(x2, y2, z), point(x2, y, z)], color.dark)
  );
}
