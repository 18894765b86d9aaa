import { type Ground, isOther } from './ground.ts';
import { oklabOf } from './oklab.ts';
import { luma, type Raster, resampled } from './raster.ts';

/** Pixels a side of the square that is looked at; the longer side of what is shown fills it. */
const SIDE = 64;
/** Hues; a hue counts to its two neighbors by nearness, so that a little more red does not change everything. */
const HUES = 12;
const LIGHTNESSES = 3;
const GRAYS = 5;
const COLORS = HUES * LIGHTNESSES + GRAYS;
/** Below this chroma a color is a gray; a vivid red has some 0.25 in OKLab. */
const GRAY_CHROMA = 0.04;
const LAYOUT_SIDE = 3;
/** Of the layout: hues without lightness, dark, middle and light gray. */
const LAYOUT_HUES = 6;
const LAYOUT_GRAYS = 3;
const LAYOUT_COLORS = LAYOUT_HUES + LAYOUT_GRAYS;
const EDGE_SIDE = 5;
const ORIENTATIONS = 8;

const PARTS = [
  { weight: 0.35, length: COLORS },
  { weight: 0.25, length: LAYOUT_SIDE * LAYOUT_SIDE * LAYOUT_COLORS },
  { weight: 0.4, length: EDGE_SIDE * EDGE_SIDE * ORIENTATIONS },
] as const;

/** Numbers of a description by color and shape. */
export const DIMENSIONS = PARTS.reduce((sum, { length }) => sum + length, 0);

/**
 * What a picture looks like without a model: which colors its goods have, which where, and which way their edges run where
 * (histograms of oriented gradients: N. Dalal and B. Triggs, Histograms of Oriented Gradients for Human Detection, 2005).
 * Each of the three is a histogram of sum 1; of its square roots a dot product is the Bhattacharyya coefficient, so the
 * cosine of two descriptions is how far they agree, 0 to 1, weighted 35 : 25 : 40. It knows nothing of what goods are: a red
 * ball and a red apple look alike to it.
 */
export function colorAndShape(raster: Raster, ground: Ground): Float32Array {
  const square = squared(raster, ground);
  const histograms = [...colorsAndLayoutOf(square), edgesOf(square)];
  const made = new Float32Array(DIMENSIONS);
  let at = 0;
  for (const [i, { weight, length }] of PARTS.entries()) {
    const histogram = histograms[i]!;
    const sum = histogram.reduce((total, value) => total + value, 0) || 1;
    for (let j = 0; j < length; j++) made[at++] = Math.sqrt((weight * histogram[j]!) / sum);
  }
  return made;
}

/** The goods within a square, and for each of its pixels whether it is of the goods. */
type Square = { readonly colors: Float32Array; readonly isGoods: Uint8Array };

function squared(raster: Raster, { color, content }: Ground): Square {
  const scale = SIDE / Math.max(content.width, content.height);
  const [width, height] = [content.width, content.height].map((side) => Math.max(1, Math.round(side * scale))) as [
    number,
    number,
  ];
  const shown = resampled(raster, content, width, height);
  const [left, top] = [(SIDE - width) >> 1, (SIDE - height) >> 1];
  const around = color ?? [255, 255, 255];
  const colors = Float32Array.from({ length: SIDE * SIDE * 3 }, (_, i) => around[i % 3]!);
  for (let y = 0; y < height; y++)
    colors.set(shown.subarray(y * width * 3, (y + 1) * width * 3), ((top + y) * SIDE + left) * 3);
  const isGoods = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [x, y] = [(i % SIDE) - left, Math.floor(i / SIDE) - top];
    if (x < 0 || y < 0 || x >= width || y >= height) return 0;
    return color === null || isOther(colors, i * 3, color) ? 1 : 0;
  });
  return { colors, isGoods };
}

/** Colors of all the goods, and of what of them lies in each cell. */
function colorsAndLayoutOf({ colors, isGoods }: Square): [Float32Array, Float32Array] {
  const whole = new Float32Array(COLORS);
  const layout = new Float32Array(LAYOUT_SIDE * LAYOUT_SIDE * LAYOUT_COLORS);
  for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
    if (isGoods[pixel] === 0) continue;
    const [red, green, blue] = colors.subarray(pixel * 3, pixel * 3 + 3) as unknown as [number, number, number];
    const { l, a, b } = oklabOf(red, green, blue);
    const turn = (Math.atan2(b, a) / (2 * Math.PI) + 1) % 1;
    const vivid = Math.min(1, Math.hypot(a, b) / (2 * GRAY_CHROMA));
    const lightness = Math.min(LIGHTNESSES - 1, Math.floor(l * LIGHTNESSES));
    spread(whole, lightness * HUES, HUES, turn * HUES, vivid, true);
    spread(whole, HUES * LIGHTNESSES, GRAYS, l * (GRAYS - 1), 1 - vivid, false);
    const cell = cellOf(pixel, LAYOUT_SIDE) * LAYOUT_COLORS;
    spread(layout, cell, LAYOUT_HUES, turn * LAYOUT_HUES, vivid, true);
    spread(layout, cell + LAYOUT_HUES, LAYOUT_GRAYS, l * (LAYOUT_GRAYS - 1), 1 - vivid, false);
  }
  return [whole, layout];
}

function edgesOf({ colors }: Square): Float32Array {
  const gray = Float32Array.from({ length: SIDE * SIDE }, (_, i) =>
    luma(colors[i * 3]!, colors[i * 3 + 1]!, colors[i * 3 + 2]!),
  );
  const histogram = new Float32Array(EDGE_SIDE * EDGE_SIDE * ORIENTATIONS);
  for (let y = 1; y < SIDE - 1; y++) {
    for (let x = 1; x < SIDE - 1; x++) {
      const pixel = y * SIDE + x;
      const dx = gray[pixel + 1]! - gray[pixel - 1]!;
      const dy = gray[pixel + SIDE]! - gray[pixel - SIDE]!;
      // The root keeps one hard edge from outweighing all that is drawn within the goods.
      const strength = Math.sqrt(Math.hypot(dx, dy));
      if (strength < 3) continue;
      const turn = (Math.atan2(dy, dx) / Math.PI + 1) % 1;
      spread(histogram, cellOf(pixel, EDGE_SIDE) * ORIENTATIONS, ORIENTATIONS, turn * ORIENTATIONS, strength, true);
    }
  }
  return histogram;
}

function cellOf(pixel: number, side: number): number {
  const [x, y] = [pixel % SIDE, Math.floor(pixel / SIDE)];
  return Math.floor((y * side) / SIDE) * side + Math.floor((x * side) / SIDE);
}

/** Adds `amount` to the two bins that `position` lies between. Round ones go on at the beginning, as hues do. */
function spread(
  histogram: Float32Array,
  from: number,
  length: number,
  position: number,
  amount: number,
  isRound: boolean,
): void {
  const low = Math.floor(position);
  const share = position - low;
  const binOf = (bin: number) => from + (isRound ? ((bin % length) + length) % length : Math.min(bin, length - 1));
  const [first, second] = [binOf(low), binOf(low + 1)];
  histogram[first] = histogram[first]! + amount * (1 - share);
  histogram[second] = histogram[second]! + amount * share;
}
