import { Readable } from 'node:stream';
import type { ImportEncoding } from './contract.ts';
import { peek, UnreadableFile } from './records.ts';

/**
 * The same text in UTF-8: of a file in `encoding`, and of one that begins with a byte order mark in what that says. What
 * cannot be read so is refused instead of filling a catalog with `LÃ¡mpara` and `�`.
 */
export async function inUtf8(source: Readable, encoding: ImportEncoding | undefined): Promise<Readable> {
  const { head, rest } = await peek(source, 3);
  const marked = MARKS.find(({ bytes }) => head.subarray(0, bytes.length).equals(bytes))?.encoding;
  const decoder = new TextDecoder(marked ?? encoding ?? 'utf-8', { fatal: true });
  return Readable.from(reencoded(rest, decoder), { objectMode: false });
}

const MARKS = [
  { bytes: Buffer.from([0xef, 0xbb, 0xbf]), encoding: 'utf-8' },
  { bytes: Buffer.from([0xff, 0xfe]), encoding: 'utf-16le' },
  { bytes: Buffer.from([0xfe, 0xff]), encoding: 'utf-16be' },
];

async function* reencoded(source: Readable, decoder: TextDecoder): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      const isWide = decoder.encoding.startsWith('utf-16');
      if (!isWide && chunk.includes(0)) throw notText();
      const text = decoder.decode(chunk, { stream: true });
      if (isWide && text.includes('\0')) throw notText();
      yield Buffer.from(text);
    }
    yield Buffer.from(decoder.decode());
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UnreadableFile(
      'encoding',
      `The file is not in ${decoder.encoding.toUpperCase()}. Save it as “CSV UTF-8”, or say what it is written in.`,
    );
  }
}

function notText(): UnreadableFile {
  return new UnreadableFile('not_text', 'The file is no text: save the sheet as CSV and give that.');
}
