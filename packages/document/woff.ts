import { inflateSync } from 'node:zlib';

/** Bytes of a header and of a table's record, in each of the two formats. */
const WOFF = { header: 44, record: 20 };
const SFNT = { header: 12, record: 16 };

/**
 * A WOFF 1.0 file as the TrueType or OpenType font it was made of (https://www.w3.org/TR/WOFF/). PDFKit reads WOFF
 * too, but inflates a table anew for every glyph: a page of Japanese took fifteen seconds.
 */
export function fontOfWoff(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12);
  const head = Buffer.alloc(SFNT.header + count * SFNT.record);
  woff.copy(head, 0, 4, 8);
  // The search helpers of the header: the largest power of two that the tables fill, in three ways.
  const power = 2 ** Math.floor(Math.log2(count));
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(power * SFNT.record, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE((count - power) * SFNT.record, 10);
  const parts: Buffer[] = [head];
  let offset = head.length;
  for (let i = 0; i < count; i++) {
    const record = WOFF.header + i * WOFF.record;
    const [from, packed, length] = [4, 8, 12].map((at) => woff.readUInt32BE(record + at)) as [number, number, number];
    const bytes = woff.subarray(from, from + packed);
    // A table that did not shrink is kept as it is.
    const table = packed < length ? inflateSync(bytes) : bytes;
    const place = SFNT.header + i * SFNT.record;
    woff.copy(head, place, record, record + 4);
    woff.copy(head, place + 4, record + 16, record + 20);
    head.writeUInt32BE(offset, place + 8);
    head.writeUInt32BE(length, place + 12);
    const padding = Buffer.alloc((4 - (length % 4)) % 4);
    parts.push(table, padding);
    offset += length + padding.length;
  }
  return Buffer.concat(parts);
}
