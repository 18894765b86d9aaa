import type { Ground } from './ground.ts';
import { GRAY_SIDE, hashOf } from './picture-hash.ts';
import { luma, type Raster, resampled } from './raster.ts';
import { TINT_SIDE, tintOf } from './tint.ts';

/** What a picture is known again by. */
export type Marks = { readonly hash: Uint8Array; readonly tint: Int8Array };

/** The marks of what lies on the ground, so that more or less white around it does not matter. */
export function marksOf(raster: Raster, { content }: Pick<Ground, 'content'>): Marks {
  const colors = resampled(raster, content, GRAY_SIDE, GRAY_SIDE);
  const gray = Float32Array.from({ length: GRAY_SIDE * GRAY_SIDE }, (_, i) =>
    luma(colors[i * 3]!, colors[i * 3 + 1]!, colors[i * 3 + 2]!),
  );
  return { hash: hashOf(gray), tint: tintOf(resampled(raster, content, TINT_SIDE, TINT_SIDE)) };
}
