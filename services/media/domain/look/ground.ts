import type { Box, Raster } from './raster.ts';

/** What a picture's goods lie on: one color all along its edge, or nothing plain. */
export type Ground = {
  /** Red, green, blue of a plain ground; null for a picture that goes on to its edge. */
  readonly color: readonly [number, number, number] | null;
  /** Where something else than the ground is; all of the picture without a plain ground. */
  readonly content: Box;
};

/** How far, 0 to 255, a channel may be from the ground's: JPEG at quality 60 strays by some 12 near edges. */
const TOLERANCE = 18;
/** Share of the pixels along the edge that must have the ground's color. */
const EDGE_SHARE = 0.9;
/** Pixels of a row or column that must differ for it to belong to the goods, of its length: less is dust. */
const CONTENT_SHARE = 0.01;
/** Goods smaller than this share of a side are dust too, or a line: then all of the picture counts. */
const SIDE_SHARE_MIN = 0.1;

/**
 * Finds the ground and cuts it away: goods on white fill a tenth of their picture or nine tenths as the photographer liked,
 * and what is compared is the goods. A hash of the whole would see mostly white, which all of them share.
 */
export function groundOf(raster: Raster): Ground {
  const { width, height } = raster;
  const whole = { left: 0, top: 0, width, height };
  const edge = edgePixels(raster);
  const color = [0, 1, 2].map((c) => median(edge.map((at) => raster.pixels[at + c]!))) as [number, number, number];
  const plain = edge.filter((at) => !isOther(raster.pixels, at, color)).length;
  if (plain < edge.length * EDGE_SHARE) return { color: null, content: whole };
  return { color, content: contentBox(raster, color) ?? whole };
}

/** Whether the pixel that begins at `at` differs from the ground. */
export function isOther(pixels: ArrayLike<number>, at: number, color: readonly [number, number, number]): boolean {
  return (
    Math.abs(pixels[at]! - color[0]) > TOLERANCE ||
    Math.abs(pixels[at + 1]! - color[1]) > TOLERANCE ||
    Math.abs(pixels[at + 2]! - color[2]) > TOLERANCE
  );
}

function contentBox(raster: Raster, color: readonly [number, number, number]): Box | undefined {
  const { width, height } = raster;
  const rows = new Uint32Array(height);
  const columns = new Uint32Array(width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isOther(raster.pixels, (y * width + x) * 3, color)) continue;
      rows[y] = rows[y]! + 1;
      columns[x] = columns[x]! + 1;
    }
  }
  const down = span(rows, width * CONTENT_SHARE);
  const across = span(columns, height * CONTENT_SHARE);
  if (across.length < width * SIDE_SHARE_MIN || down.length < height * SIDE_SHARE_MIN) return undefined;
  return { left: across.from, top: down.from, width: across.length, height: down.length };
}

/** From the first line with more than `dust` to the last. */
function span(counts: Uint32Array, dust: number): { from: number; length: number } {
  const from = counts.findIndex((count) => count > dust);
  return from < 0 ? { from: 0, length: 0 } : { from, length: counts.findLastIndex((count) => count > dust) - from + 1 };
}

/** Where the pixels of the outermost rows and columns begin. */
function edgePixels({ width, height }: Raster): number[] {
  const pixels: number[] = [];
  for (let x = 0; x < width; x++) pixels.push(x * 3, ((height - 1) * width + x) * 3);
  for (let y = 1; y < height - 1; y++) pixels.push(y * width * 3, (y * width + width - 1) * 3);
  return pixels;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}
