/** What the first bytes of a file say it is (https://en.wikipedia.org/wiki/List_of_file_signatures); undefined: nothing we know. */
export function detectType(head: Buffer): string | undefined {
  const ascii = (from: number, to: number) => head.toString('latin1', from, to);
  const starts = (...bytes: number[]) => bytes.every((byte, i) => head[i] === byte);
  // Before MPEG audio, which may begin alike.
  if (isUtf16(head)) return 'text/plain';
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (ascii(0, 6) === 'GIF87a' || ascii(0, 6) === 'GIF89a') return 'image/gif';
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'image/webp';
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WAVE') return 'audio/wav';
  if (ascii(4, 8) === 'ftyp') return isoMediaType(ascii(8, 12));
  if (ascii(0, 4) === 'glTF') return 'model/gltf-binary';
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) return 'application/zip';
  if (ascii(0, 4) === 'OggS') return 'audio/ogg';
  if (ascii(0, 4) === 'fLaC') return 'audio/flac';
  if (ascii(0, 3) === 'ID3' || (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0)) return 'audio/mpeg';
  if (ascii(0, 5) === '%PDF-') return 'application/pdf';
  if (starts(0x1f, 0x8b)) return 'application/gzip';
  if (isText(head)) return textType(head);
  return undefined;
}

function isoMediaType(brand: string): string {
  if (brand.startsWith('avi')) return 'image/avif';
  return brand.startsWith('M4A') ? 'audio/mp4' : 'video/mp4';
}

function isText(head: Buffer): boolean {
  return head.length > 0 && !head.includes(0);
}

/** Text as spreadsheets save it under “Unicode”: after a byte order mark, and without the character 0. */
function isUtf16(head: Buffer): boolean {
  const mark = head.length < 4 ? 0 : head.readUInt16LE(0);
  if (mark !== 0xfeff && mark !== 0xfffe) return false;
  const whole = head.subarray(0, head.length - (head.length % 2));
  for (let i = 2; i < whole.length; i += 2) if (whole[i] === 0 && whole[i + 1] === 0) return false;
  return true;
}

function textType(head: Buffer): string {
  const text = head.toString('utf8').trimStart();
  if (/^(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<svg[\s>]/is.test(text)) return 'image/svg+xml';
  if (/^<(!doctype html|html|script)/i.test(text)) return 'text/html';
  if (/^Kaydara FBX|^; FBX/.test(text)) return 'model/fbx';
  return 'text/plain';
}
