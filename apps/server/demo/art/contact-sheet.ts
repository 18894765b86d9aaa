import sharp from 'sharp';
import { SUBJECTS } from './index.ts';
import { drawPicture } from './picture.ts';

const TILE_PIXELS = 180;
const COLUMNS = 10;
const COLORS = ['#3a5ba0 #f2a65a', '#c8553d #3fb8c8', '#2f8f83 #e85d75', '#d9a441 #4e6fd9', '#7a5cc0 #f4d35e'];

/** Draws every subject onto one picture, to look at: `node contact-sheet.ts sheet.png`. */
async function drawContactSheet(file: string): Promise<void> {
  const tiles = Object.keys(SUBJECTS).map((subject, i) => ({
    svg: drawPicture(
      `${subject} ${COLORS[i % COLORS.length]}`,
      i % 3 === 0 ? 'night' : i % 3 === 1 ? 'studio' : 'warm',
    ),
    left: (i % COLUMNS) * TILE_PIXELS,
    top: Math.floor(i / COLUMNS) * TILE_PIXELS,
  }));
  const composites = await Promise.all(
    tiles.map(async ({ svg, left, top }) => ({
      input: await sharp(Buffer.from(svg)).resize(TILE_PIXELS).png().toBuffer(),
      left,
      top,
    })),
  );
  const height = Math.ceil(tiles.length / COLUMNS) * TILE_PIXELS;
  const sheet = { width: COLUMNS * TILE_PIXELS, height, channels: 3, background: '#ffffff' } as const;
  await sharp({ create: sheet }).composite(composites).png().toFile(file);
}

await drawContactSheet(process.argv[2] ?? 'contact-sheet.png');
