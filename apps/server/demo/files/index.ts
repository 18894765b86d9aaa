import { drawPicture, parsePicture } from '../art/picture.ts';
import type { DemoFile, DemoListing } from '../content/index.ts';
import { archiveFile } from './archive.ts';
import { modelFile } from './model.ts';
import { soundFile } from './sound.ts';

/** A file as a buyer downloads it. */
export type GeneratedFile = { readonly filename: string; readonly bytes: Buffer };

/** What a digital listing delivers. Textures are rendered by `renderPng`, which caches. */
export async function digitalFile(
  listing: DemoListing & { readonly file: DemoFile },
  renderPng: (svg: string) => Promise<Buffer>,
): Promise<GeneratedFile> {
  const [, color] = parsePicture(listing.picture);
  switch (listing.file) {
    case 'model':
      return { filename: `${listing.handle}.glb`, bytes: modelFile(listing.handle, color) };
    case 'sound':
      return { filename: `${listing.handle}.wav`, bytes: soundFile(listing.handle) };
    case 'texture':
      return {
        filename: `${listing.handle}.png`,
        bytes: await renderPng(drawPicture(listing.picture, 'studio', 'close')),
      };
    case 'archive':
      return {
        filename: `${listing.handle}.zip`,
        bytes: archiveFile({
          'README.md': `# ${listing.title}\n\n${listing.text}\n`,
          'LICENSE.txt':
            'Licensed to the buyer as shown in the library. The files themselves may not be sold or shared.\n',
          'preview.svg': drawPicture(listing.picture, 'night'),
        }),
      };
  }
}
