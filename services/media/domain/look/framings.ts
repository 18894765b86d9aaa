import type { Ground } from './ground.ts';
import { type Marks, marksOf } from './marks.ts';
import { GRAY_SIDE } from './picture-hash.ts';
import { type Box, type Raster, resampled } from './raster.ts';

/** Share of a side by which another copy may have been cut: what people cut away by hand, and frames and borders of shops. */
const CUT_SHARE = 0.05;
/** Twice what a hash sees: a larger raster would be read eighteen times for the same bits. */
const SIDE = 2 * GRAY_SIDE;

/**
 * The marks of a picture as if more of it were there, or less: from each side and corner and all around. One of two copies may
 * be a cut of the other, and a cut of a twentieth from a corner moves every line that a hash sees. What is not there is
 * made of the pixels at the edge: of 16 × 16 frequencies it says little that is wrong. None for goods on a plain ground,
 * which is cut away in any case.
 */
export function framingsOf(raster: Raster, { color, content }: Ground): Marks[] {
  if (color !== null) return [];
  const small = { width: SIDE, height: SIDE, pixels: Uint8Array.from(resampled(raster, content, SIDE, SIDE)) };
  return FRAMES.map((frame) => marksOf(small, { content: framed(frame) }));
}

/** How far each edge moves outward, in shares of the side. */
type Frame = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

const FRAMES: readonly Frame[] = [CUT_SHARE, -CUT_SHARE].flatMap((share) => {
  const ways = [
    [0, 0],
    [share, 0],
    [0, share],
  ] as const;
  const sides = ways.flatMap(([left, right]) => ways.map(([top, bottom]) => ({ left, right, top, bottom })));
  return [...sides.slice(1), { left: share, right: share, top: share, bottom: share }];
});

function framed({ left, right, top, bottom }: Frame): Box {
  return { left: -left * SIDE, top: -top * SIDE, width: SIDE * (1 + left + right), height: SIDE * (1 + top + bottom) };
}
