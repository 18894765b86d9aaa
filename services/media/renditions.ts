import { errors } from './errors.ts';
import { loadSharp, PIXELS_MAX } from './sharp.ts';

/** Widths in pixels of the copies we show; none is made larger than its original. */
export const WIDTHS = { thumb: 320, card: 640, full: 1600 } as const;
export type RenditionName = keyof typeof WIDTHS;
/** Of libwebp's 0 to 6. The next takes more than half as long again, for files that are a twentieth smaller. */
const EFFORT = 2;

export type RenderedImage = {
  readonly width: number;
  readonly height: number;
  readonly files: Record<RenditionName, Buffer>;
};

/**
 * WebP copies of an image, turned upright and without its metadata: a photo carries where it was taken.
 * @throws FILE_UNREADABLE for what is damaged or too large to unpack.
 */
export async function renderImage(original: Buffer): Promise<RenderedImage> {
  const sharp = await loadSharp();
  try {
    const upright = await sharp(original, { limitInputPixels: PIXELS_MAX })
      .rotate()
      .resize({ width: WIDTHS.full, withoutEnlargement: true })
      .toColorspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = upright.info;
    const webp = (name: RenditionName) =>
      sharp(upright.data, { raw: { width, height, channels } })
        .resize({ width: WIDTHS[name], withoutEnlargement: true })
        .webp({ quality: name === 'thumb' ? 72 : 80, effort: EFFORT })
        .toBuffer();
    const [thumb, card] = [await webp('thumb'), await webp('card')];
    const full = width <= WIDTHS.card ? card : await webp('full');
    return { width, height, files: { thumb, card, full } };
  } catch (error) {
    throw errors.FILE_UNREADABLE({}, { cause: error });
  }
}
