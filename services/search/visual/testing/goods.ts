import { crc32, deflateSync } from 'node:zlib';

type Color = readonly [number, number, number];

/** Goods on a white ground, drawn by a rule: which color, if any, at a point of −1 to 1 across and down. */
export type Goods = (x: number, y: number) => Color | undefined;

const RED: Color = [200, 30, 40];
const BLUE: Color = [40, 60, 190];
const BLACK: Color = [25, 25, 28];

/** A mug with its handle to the right. */
export const mug =
  (color: Color = RED): Goods =>
  (x, y) => {
    if (Math.abs(y) < 0.55 && x > -0.5 && x < 0.3) return y < -0.4 ? BLACK : color;
    const ring = Math.hypot(x - 0.3, y);
    return x >= 0.3 && ring > 0.22 && ring < 0.36 ? color : undefined;
  };
export const redMug = mug(RED);
export const blueMug = mug(BLUE);

/** A lamp: shade, stem and foot. */
export const lamp: Goods = (x, y) => {
  if (y > -0.8 && y < -0.2 && Math.abs(x) < 0.25 + (y + 0.8) * 0.5) return [230, 190, 60];
  if (y >= -0.2 && y < 0.6 && Math.abs(x) < 0.05) return BLACK;
  return y >= 0.6 && y < 0.75 && Math.abs(x) < 0.4 ? BLACK : undefined;
};

/** A shelf with things on it. */
export const shelf: Goods = (x, y) => {
  if (Math.abs(x) > 0.7 || Math.abs(y) > 0.8) return undefined;
  if (Math.abs(x) > 0.64 || Math.abs(y) % 0.4 < 0.06) return [120, 80, 40];
  return Math.sin(x * 17) * Math.cos(y * 11) > 0.4 ? [60, 130, 80] : undefined;
};

/** A chair in a room: to the edge of its picture there is something. */
export const room: Goods = (x, y) => {
  if (Math.abs(x + 0.1) < 0.3 && Math.abs(y - 0.3) < 0.08) return RED;
  if (x > -0.4 && x < -0.3 && y > -0.4 && y < 0.8) return RED;
  if (x > 0.1 && x < 0.2 && y > 0.3 && y < 0.8) return RED;
  if (x > 0.4 && x < 0.8 && y > -0.8 && y < -0.1) return [150, 190, 220];
  return y > 0.45 ? [110, 80, 55] : [205, 195, 170];
};
/** What is left of goods of which a twentieth was cut off, to the left and at the top. */
export const cut =
  (goods: Goods): Goods =>
  (x, y) =>
    goods(x * 0.95 + 0.05, y * 0.95 + 0.05);

/** A PNG of goods (https://www.w3.org/TR/png-3/): `margin` is the share of white on each side. */
export function pictureOf(goods: Goods, { side = 240, margin = 0 }: { side?: number; margin?: number } = {}): Buffer {
  const rows = Buffer.alloc(side * (side * 3 + 1), 255);
  const scale = 1 / (1 - 2 * margin);
  for (let row = 0; row < side; row++) {
    rows[row * (side * 3 + 1)] = 0;
    for (let column = 0; column < side; column++) {
      const place = (at: number) => ((at + 0.5) / side) * 2 * scale - scale;
      const color = goods(place(column), place(row));
      if (color !== undefined) rows.set(color, row * (side * 3 + 1) + 1 + column * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND')]);
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
