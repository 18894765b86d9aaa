/** Lightness 0 to 1, and two axes of color, some −0.3 to 0.3: equal distances look equal. */
export type Lab = { readonly l: number; readonly a: number; readonly b: number };

/** Linear light of each sRGB byte (IEC 61966-2-1). */
const LINEAR = Float64Array.from({ length: 256 }, (_, i) => {
  const value = i / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** An sRGB color, channels 0 to 255, in OKLab (B. Ottosson, https://bottosson.github.io/posts/oklab/, 2020). */
export function oklabOf(red: number, green: number, blue: number): Lab {
  const [r, g, b] = [LINEAR[Math.round(red)], LINEAR[Math.round(green)], LINEAR[Math.round(blue)]] as [
    number,
    number,
    number,
  ];
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {
    l: 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    a: 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    b: 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  };
}
