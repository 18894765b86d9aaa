/** A picture in memory: rows from the top, three bytes (red, green, blue) a pixel, sRGB. */
export type Raster = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

/** A part of a raster, in its pixels; beyond its edge the pixels there go on. */
export type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/**
 * The box drawn anew at another size, every pixel the mean of what it covers (with the share of those it covers in part), as
 * numbers from 0 to 255, three a pixel. It makes smaller without aliasing; made larger, pixels become squares.
 */
export function resampled(
  { width, height, pixels }: Raster,
  box: Box,
  toWidth: number,
  toHeight: number,
): Float32Array {
  const across = coverage(box.left, box.width, toWidth, width);
  const down = coverage(box.top, box.height, toHeight, height);
  const made = new Float32Array(toWidth * toHeight * 3);
  for (const [y, rows] of down.entries()) {
    for (const [x, columns] of across.entries()) {
      const at = (y * toWidth + x) * 3;
      for (const row of rows) {
        for (const column of columns) {
          const from = (row.index * width + column.index) * 3;
          const share = row.share * column.share;
          for (let c = 0; c < 3; c++) made[at + c] = made[at + c]! + pixels[from + c]! * share;
        }
      }
    }
  }
  return made;
}

type Covered = { readonly index: number; readonly share: number };

/** Which of `size` source pixels each of `count` equal steps from `start` covers, and with which share of the step. */
function coverage(start: number, length: number, count: number, size: number): Covered[][] {
  const step = length / count;
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [start + i * step, start + (i + 1) * step];
    const covered: Covered[] = [];
    for (let index = Math.floor(from); index < to && index < start + length; index++) {
      const share = (Math.min(to, index + 1) - Math.max(from, index)) / step;
      if (share > 0) covered.push({ index: Math.min(Math.max(index, 0), size - 1), share });
    }
    return covered;
  });
}

/** Luma of an sRGB pixel, 0 to 255 (Rec. ITU-R BT.601, as JPEG and the perceptual hashes use it). */
export function luma(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
