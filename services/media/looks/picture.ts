import { type Ground, groundOf } from '../domain/look/ground.ts';
import type { Raster } from '../domain/look/raster.ts';
import { loadSharp, PIXELS_MAX } from '../sharp.ts';

/** A picture as models see it: small, upright, without transparency, the first frame of what moves. */
export type Picture = {
  readonly raster: Raster;
  readonly ground: Ground;
  /** The raster as a JPEG, for models that are asked over the network. */
  encode(): Promise<Buffer>;
};

/** Why a picture cannot be described. */
export type PictureProblem = 'unreadable' | 'too_small' | 'too_many_pixels';

/** The longer side of the raster in pixels: what image models look at (224 to 256), and four times what the hash does. */
const RASTER_SIDE = 256;
/** A shorter side has nothing to recognize. */
const SIDE_MIN = 16;

/** Reads a picture of any format and color space that sharp does; what is damaged, tiny or endless is a problem, not a fault. */
export async function readPicture(bytes: Buffer): Promise<Picture | { readonly problem: PictureProblem }> {
  const sharp = await loadSharp();
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (Math.min(width, height) < SIDE_MIN) return { problem: 'too_small' };
    if (width * height > PIXELS_MAX) return { problem: 'too_many_pixels' };
    const { data: pixels, info } = await sharp(bytes, { limitInputPixels: PIXELS_MAX })
      .rotate()
      .resize({ width: RASTER_SIDE, height: RASTER_SIDE, fit: 'inside' })
      .flatten({ background: '#ffffff' })
      .toColorspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const raster = { width: info.width, height: info.height, pixels: ofThreeChannels(pixels, info.channels) };
    const raw = { width: info.width, height: info.height, channels: 3 } as const;
    return {
      raster,
      ground: groundOf(raster),
      encode: () => sharp(raster.pixels, { raw }).jpeg({ quality: 90 }).toBuffer(),
    };
  } catch {
    // Whatever libvips says of it: the bytes are not a picture.
    return { problem: 'unreadable' };
  }
}

/** Gray pictures may come with one channel. */
function ofThreeChannels(pixels: Buffer, channels: number): Uint8Array {
  if (channels === 3) return pixels;
  return Uint8Array.from({ length: (pixels.length / channels) * 3 }, (_, i) => {
    const from = Math.floor(i / 3) * channels;
    return pixels[channels < 3 ? from : from + (i % 3)] as number;
  });
}
