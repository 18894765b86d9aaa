import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import sharp, { type Region, type Sharp } from 'sharp';
import { colorAndShape } from '../domain/look/color-and-shape.ts';
import { framingsOf } from '../domain/look/framings.ts';
import { type Marks, marksOf } from '../domain/look/marks.ts';
import { type Picture, readPicture } from './picture.ts';

/** Goods on a ground, as SVG drawings of 800 × 800. */
const GOODS = {
  lamp: '<path d="M300 120h200l80 220H220z" fill="#e0b030"/><path d="M390 340h20v300h-20z M280 640h240v40H280z" fill="#222"/>',
  mug: '<path d="M220 240h300v360H220z" fill="#c8202c"/><circle cx="560" cy="400" r="90" fill="none" stroke="#c8202c" stroke-width="40"/>',
  blueMug:
    '<path d="M220 240h300v360H220z" fill="#2c4cc8"/><circle cx="560" cy="400" r="90" fill="none" stroke="#2c4cc8" stroke-width="40"/>',
  guitar:
    '<circle cx="300" cy="520" r="150" fill="#a0582c"/><circle cx="380" cy="400" r="110" fill="#a0582c"/><path d="M400 380 640 140l30 30-240 250z" fill="#402010"/>',
  shoe: '<path d="M140 520c120-20 180-180 260-180 40 80 200 120 280 180v80H140z" fill="#38708c"/><path d="M140 600h540v36H140z" fill="#111"/>',
} as const;
type Name = keyof typeof GOODS;

function drawn(name: Name, ground = '#fff', behind = ''): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800"><rect width="800" height="800" fill="${ground}"/>${behind}${GOODS[name]}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 92 }).toBuffer();
}

/** A room behind the goods, to the edge of the picture. */
const ROOM =
  '<path d="M0 0h800v500H0z" fill="#c0b8a0"/><path d="M0 500h800v300H0z" fill="#604830"/><path d="M60 60h160v220H60z" fill="#98b8d0"/><path d="M560 40h200v120H560z" fill="#704020"/>';

async function pictureOf(bytes: Buffer): Promise<Picture> {
  const picture = await readPicture(bytes);
  assert.ok(!('problem' in picture), JSON.stringify(picture));
  return picture;
}

/** Share of the bits sure in both that differ. */
function apart(a: Picture, b: Picture): number {
  return marksApart(marksOf(a.raster, a.ground), marksOf(b.raster, b.ground));
}

function marksApart({ hash: x }: Marks, { hash: y }: Marks): number {
  let [bits, sure] = [0, 0];
  for (let i = 0; i < 256; i++) {
    const bit = (hash: Uint8Array, at: number) => ((hash[at >> 3] as number) >> (at & 7)) & 1;
    if (bit(x, i + 256) === 0 || bit(y, i + 256) === 0) continue;
    sure++;
    bits += bit(x, i) ^ bit(y, i);
  }
  return bits / sure;
}

const COPIES: Record<string, (bytes: Buffer) => Sharp> = {
  'as a poor JPEG': (bytes) => sharp(bytes).jpeg({ quality: 40 }),
  'as WebP': (bytes) => sharp(bytes).webp({ quality: 45 }),
  'in a quarter of the size': (bytes) => sharp(bytes).resize(200),
  'cut by 5 %': (bytes) => sharp(bytes).extract({ left: 20, top: 20, width: 760, height: 760 }).jpeg({ quality: 80 }),
  'a little brighter': (bytes) => sharp(bytes).modulate({ brightness: 1.06 }).jpeg({ quality: 85 }),
  'in gray tones of CMYK': (bytes) => sharp(bytes).grayscale().toColorspace('cmyk').jpeg({ quality: 90 }),
};

describe('what a picture is known again by', () => {
  for (const [how, copyOf] of Object.entries(COPIES)) {
    test(`is the same for a copy ${how}, on white and in a room`, async () => {
      for (const name of Object.keys(GOODS) as Name[]) {
        for (const bytes of [await drawn(name), await drawn(name, '#888', ROOM)]) {
          const copy = await pictureOf(await copyOf(bytes).toBuffer());
          const differ = apart(await pictureOf(bytes), copy);
          assert.ok(differ <= 0.2, `${name}: ${differ}`);
        }
      }
    });
  }

  const CUTS: Record<string, Region> = {
    'from a corner': { left: 40, top: 40, width: 760, height: 760 },
    'from a side': { left: 0, top: 0, width: 740, height: 800 },
    'all around': { left: 45, top: 45, width: 710, height: 710 },
  };
  for (const [how, region] of Object.entries(CUTS)) {
    test(`is the same in one of its framings for a copy cut ${how}, whichever of the two was cut`, async () => {
      for (const name of Object.keys(GOODS) as Name[]) {
        const bytes = await drawn(name, '#888', ROOM);
        const whole = await pictureOf(bytes);
        const cut = await pictureOf(await sharp(bytes).extract(region).jpeg({ quality: 80 }).toBuffer());
        for (const [asked, kept] of [
          [cut, whole],
          [whole, cut],
        ] as const) {
          const marks = marksOf(kept.raster, kept.ground);
          const nearest = framingsOf(asked.raster, asked.ground).map((framing) => marksApart(framing, marks));
          assert.ok(Math.min(...nearest) <= 0.25, `${name}: ${Math.min(...nearest)}`);
        }
      }
    });
  }

  test('has no other framings on a plain ground, which is cut away in any case', async () => {
    const { raster, ground } = await pictureOf(await drawn('mug'));
    assert.deepEqual(framingsOf(raster, ground), []);
  });

  test('is the same with more white around, which goods that differ do not share', async () => {
    const wide = { top: 90, bottom: 250, left: 160, right: 60, background: '#fff' };
    const names = ['lamp', 'mug', 'guitar', 'shoe'] as const;
    const pictures = await Promise.all(names.map(async (name) => pictureOf(await drawn(name))));
    for (const [i, name] of names.entries()) {
      const extended = await sharp(await drawn(name))
        .extend(wide)
        .jpeg()
        .toBuffer();
      assert.ok(apart(pictures[i] as Picture, await pictureOf(extended)) < 0.1, name);
      for (const other of pictures.slice(i + 1)) assert.ok(apart(pictures[i] as Picture, other) > 0.3, name);
    }
  });

  test('is upright, and tells red from blue', async () => {
    const bytes = await drawn('mug');
    const turned = await sharp(bytes).rotate(90).withMetadata({ orientation: 8 }).jpeg().toBuffer();
    assert.ok(apart(await pictureOf(bytes), await pictureOf(turned)) < 0.05);
    const [red, blue] = [await pictureOf(bytes), await pictureOf(await drawn('blueMug'))];
    const tints = [red, blue].map(({ raster, ground }) => marksOf(raster, ground).tint);
    const far = Math.max(...(tints[0] as Int8Array).map((value, i) => Math.abs(value - (tints[1]?.[i] ?? 0))));
    assert.ok(far > 60, `${far}`);
  });
});

describe('a description by color and shape', () => {
  const alike = async (a: Buffer, b: Buffer) => {
    const [x, y] = [await pictureOf(a), await pictureOf(b)].map(({ raster, ground }) => colorAndShape(raster, ground));
    return (x as Float32Array).reduce((sum, value, i) => sum + value * (y?.[i] ?? 0), 0);
  };

  test('is nearly one with a copy, nearer to the same thing in another color than to another thing', async () => {
    const mug = await drawn('mug');
    assert.ok((await alike(mug, await sharp(mug).resize(300).webp().toBuffer())) > 0.97);
    const other = await alike(mug, await drawn('blueMug'));
    assert.ok(other > (await alike(await drawn('blueMug'), await drawn('guitar'))));
    assert.ok(other < 0.8, `${other}`);
  });
});

test('what is no picture, or none worth looking at, is a problem that is named', async () => {
  const bytes = await drawn('lamp');
  assert.deepEqual(await readPicture(bytes.subarray(0, 300)), { problem: 'unreadable' });
  assert.deepEqual(await readPicture(await sharp(bytes).resize(1).png().toBuffer()), { problem: 'too_small' });
  const bomb = sharp({ create: { width: 11_000, height: 11_000, channels: 3, background: '#fff' } });
  assert.deepEqual(await readPicture(await bomb.png({ compressionLevel: 9 }).toBuffer()), {
    problem: 'too_many_pixels',
  });
  const frames = await sharp([bytes, await drawn('shoe')], { join: { animated: true } })
    .gif()
    .toBuffer();
  assert.ok(apart(await pictureOf(frames), await pictureOf(bytes)) < 0.1, 'of what moves the first frame');
});
