/** Units as people write them after a number, by the word they are searched by. */
const WRITTEN: Readonly<Record<string, string>> = {
  inch: 'in inch inches pulgada pulgadas นิ้ว',
  foot: 'ft foot feet pie pies ฟุต',
  yard: 'yd yds yard yards',
  mile: 'mi mile miles',
  millimeter: 'mm millimeter millimeters millimetre milimetro milimetros มม มิลลิเมตร',
  centimeter: 'cm centimeter centimeters centimetre centimetro centimetros ซม เซนติเมตร',
  meter: 'm mt mtr meter meters metre metres metro metros เมตร',
  gram: 'g gr gram grams gramo gramos กรัม',
  kilogram: 'kg kgs kilo kilos kilogram kilograms kilogramo kilogramos กก กิโลกรัม',
  ounce: 'oz ounce ounces onza onzas ออนซ์',
  pound: 'lb lbs pound pounds libra libras ปอนด์',
  gallon: 'gal gallon gallons galon galones',
  quart: 'qt quart quarts',
  liter: 'l lt ltr liter liters litre litres litro litros ลิตร',
  milliliter: 'ml milliliter milliliters millilitre มล มิลลิลิตร',
  volt: 'v volt volts voltio voltios โวลต์',
  watt: 'w watt watts vatio vatios วัตต์',
  amp: 'amp amps ampere amperes',
  mah: 'mah',
  gigabyte: 'gb gigabyte gigabytes กิกะไบต์',
  terabyte: 'tb terabyte terabytes',
  megabyte: 'mb megabyte megabytes',
  megapixel: 'mp megapixel megapixels',
  gauge: 'ga gauge',
  pack: 'pk pack packs',
  piece: 'pc pcs piece pieces pieza piezas ชิ้น',
  count: 'ct count',
};

const UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries(WRITTEN).flatMap(([unit, written]) => written.split(' ').map((each) => [each, unit] as const)),
);

/** The unit that a word after a number stands for: "ft" and "feet" are `foot`; undefined when it is none. */
export function unitOf(word: string): string | undefined {
  return UNITS.get(word);
}

/** Whether a word is a number as `wordsOf` leaves it: `10`, `2.5`, `1/2`. */
export function isNumber(word: string): boolean {
  return /^\d+(?:[./]\d+)?$/.test(word);
}
