import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

/** Part of each cached file's name; raise it when the drawing of pictures changes in ways the SVG does not show. */
const RENDER_VERSION = 1;
/** As wide as a card: media then makes two copies of it instead of three, and a first start is soon done. */
const PICTURE_PIXELS = 640;

/** Renders SVG to a file once: the same drawing is found again in `folder` at the next start. */
export async function renderPicture(
  svg: string,
  { folder, format = 'webp', pixels = PICTURE_PIXELS }: { folder: string; format?: 'webp' | 'png'; pixels?: number },
): Promise<string> {
  const hash = createHash('sha256').update(`${RENDER_VERSION} ${pixels} ${svg}`).digest('hex').slice(0, 32);
  const file = path.join(folder, `${hash}.${format}`);
  if (existsSync(file)) return file;
  await mkdir(folder, { recursive: true });
  const image = sharp(Buffer.from(svg), { density: 72 * (pixels / 800) }).resize(pixels, pixels);
  const bytes = await (format === 'webp'
    ? image.webp({ quality: 86, effort: 1 })
    : image.png({ compressionLevel: 6 })
  ).toBuffer();
  // Written aside and renamed, so that a killed start leaves no half picture in the cache.
  const unfinished = `${file}.${process.pid}.tmp`;
  await writeFile(unfinished, bytes);
  await rename(unfinished, file);
  return file;
}
