/** More pixels than this are refused: a small file can unpack to gigabytes. */
export const PIXELS_MAX = 100_000_000;

/** Loaded with the first image: it is a tenth of what a start would load. */
export async function loadSharp() {
  const { default: sharp } = await import('sharp');
  // The work is spread over requests already; more threads an image would only fight over the same cores.
  sharp.concurrency(1);
  return sharp;
}
