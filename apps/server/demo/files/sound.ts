import { seededRandom } from '../art/canvas.ts';

const SAMPLE_RATE = 22_050;
const SECONDS = 4;
/** A pentatonic scale sounds well in any order. Semitones above the root. */
const SCALE = [0, 3, 5, 7, 10, 12, 15, 17];

/** Four seconds of plucked notes as WAV (16-bit mono PCM), the same for the same seed; loops without a click. */
export function soundFile(seed: string): Buffer {
  const random = seededRandom(seed);
  const samples = new Float64Array(SAMPLE_RATE * SECONDS);
  const root = 130.8 + random() * 90;
  const stepSeconds = 0.25;
  for (let step = 0; step < SECONDS / stepSeconds; step++) {
    if (step % 4 !== 0 && random() < 0.3) continue;
    const semitones = SCALE[Math.floor(random() * SCALE.length)] ?? 0;
    const frequency = root * 2 ** (semitones / 12);
    const start = Math.floor(step * stepSeconds * SAMPLE_RATE);
    for (let i = 0; i < SAMPLE_RATE * 1.2; i++) {
      const time = i / SAMPLE_RATE;
      const envelope = Math.min(1, time * 200) * Math.exp(-3.2 * time);
      const tone = Math.sin(2 * Math.PI * frequency * time) + 0.35 * Math.sin(4 * Math.PI * frequency * time);
      const at = (start + i) % samples.length; // a tail beyond the end is heard at the beginning: the loop has no seam
      samples[at] = (samples[at] ?? 0) + envelope * tone * 0.22;
    }
  }
  const body = Buffer.alloc(samples.length * 2);
  for (const [i, sample] of samples.entries())
    body.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_000), i * 2);
  return Buffer.concat([wavHeader(body.length), body]);
}

function wavHeader(bytes: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + bytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(bytes, 40);
  return header;
}
