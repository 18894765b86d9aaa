import { SUBJECTS } from '../../apps/server/demo/art/index.ts';
import { drawPicture } from '../../apps/server/demo/art/picture.ts';
import type { loadSharp } from '../../services/media/sharp.ts';

type Sharp = Awaited<ReturnType<typeof loadSharp>>;
export type DrawnPicture = { readonly name: string; readonly bytes: Buffer };

const COLORS = ['#3a5ba0 #f2a65a', '#c8553d #3fb8c8', '#2f8f83 #e85d75'];
const SIDE = 640;

/** Every subject of the demo's art in three colors, on its backdrop, and in one cut out on white, as goods are photographed. */
export async function originals(sharp: Sharp): Promise<DrawnPicture[]> {
  const drawn: DrawnPicture[] = [];
  for (const [i, subject] of Object.keys(SUBJECTS).entries()) {
    for (const [j, colors] of COLORS.entries()) {
      const svg = drawPicture(`${subject} ${colors}`, (['studio', 'warm', 'night'] as const)[(i + j) % 3] as 'studio');
      drawn.push({ name: `${subject} ${colors}`, bytes: await rendered(sharp, svg) });
      if (j === 0) drawn.push({ name: `${subject} on white`, bytes: await rendered(sharp, onWhite(svg)) });
    }
  }
  return drawn;
}

/** Without the backdrop and the light behind the subject, which `drawPicture` draws first. */
function onWhite(svg: string): string {
  const [head, body] = svg.split('</defs>') as [string, string];
  return `${head}</defs>${body.replace(/<rect[^>]*>/, '').replace(/<circle[^>]*>/, '')}`;
}

function rendered(sharp: Sharp, svg: string): Promise<Buffer> {
  return sharp(Buffer.from(svg)).flatten({ background: '#ffffff' }).resize(SIDE).jpeg({ quality: 90 }).toBuffer();
}

const cut = (left: number, top: number, share: number) => ({
  left: Math.round(SIDE * left),
  top: Math.round(SIDE * top),
  width: Math.round(SIDE * (1 - share)),
  height: Math.round(SIDE * (1 - share)),
});

/** What becomes of a picture between two shops. */
export const ALTERATIONS: Readonly<Record<string, (sharp: Sharp, bytes: Buffer) => Promise<Buffer>>> = {
  'JPEG of quality 50': (sharp, bytes) => sharp(bytes).jpeg({ quality: 50 }).toBuffer(),
  'WebP of quality 40': (sharp, bytes) => sharp(bytes).webp({ quality: 40 }).toBuffer(),
  'a third of the size': (sharp, bytes) => sharp(bytes).resize(213).jpeg({ quality: 75 }).toBuffer(),
  mirrored: (sharp, bytes) => sharp(bytes).flop().jpeg({ quality: 80 }).toBuffer(),
  'cut by 5 %, all around': (sharp, bytes) =>
    sharp(bytes)
      .extract(cut(0.025, 0.025, 0.05))
      .jpeg({ quality: 80 })
      .toBuffer(),
  'cut by 5 %, from one corner': (sharp, bytes) =>
    sharp(bytes)
      .extract(cut(0.05, 0.05, 0.05))
      .jpeg({ quality: 80 })
      .toBuffer(),
  'cut by 10 %, from one side': (sharp, bytes) =>
    sharp(bytes).extract({ left: 64, top: 0, width: 576, height: 640 }).jpeg({ quality: 80 }).toBuffer(),
  'cut by 10 %, all around': (sharp, bytes) =>
    sharp(bytes)
      .extract(cut(0.05, 0.05, 0.1))
      .jpeg({ quality: 80 })
      .toBuffer(),
  'a tenth brighter': (sharp, bytes) => sharp(bytes).modulate({ brightness: 1.1 }).jpeg({ quality: 80 }).toBuffer(),
};
