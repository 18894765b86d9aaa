import type { Table } from './table.ts';

/** Looking for what is near. */
export const near = {
  'near.title': { en: 'Near', th: 'ใกล้', es: 'Cerca de', ja: '近く' },
  'near.anywhere': { en: 'Anywhere', th: 'ที่ไหนก็ได้', es: 'Cualquier lugar', ja: 'どこでも' },
  'near.here': { en: 'Where I am', th: 'ตำแหน่งของฉัน', es: 'Mi ubicación', ja: '現在地' },
  /** Within a sentence. */
  'near.hereInText': { en: 'where I am', th: 'ตำแหน่งของฉัน', es: 'mi ubicación', ja: '現在地' },
  'near.within': { en: 'Within', th: 'ภายในระยะ', es: 'A menos de', ja: '距離' },
  'near.anyDistance': { en: 'Any distance', th: 'ระยะใดก็ได้', es: 'Cualquier distancia', ja: '指定なし' },
  'near.km': { en: '{km} km', th: '{km} กม.', es: '{km} km', ja: '{km}km以内' },
  'near.use': { en: 'Use where I am', th: 'ใช้ตำแหน่งของฉัน', es: 'Usar mi ubicación', ja: '現在地を使う' },
  'near.useHint': {
    en: 'Rounded to about a kilometer before it leaves this device.',
    th: 'ปัดเป็นระยะประมาณหนึ่งกิโลเมตรก่อนส่งออกจากเครื่องนี้',
    es: 'Se redondea a un kilómetro aproximadamente antes de salir de este dispositivo.',
    ja: 'この端末から送る前に、約1km単位に丸めます。',
  },
  'near.unknown': {
    en: 'This device does not say where it is. Choose a place instead.',
    th: 'เครื่องนี้ไม่บอกตำแหน่ง โปรดเลือกสถานที่แทน',
    es: 'Este dispositivo no dice dónde está. Elige un lugar.',
    ja: 'この端末の位置がわかりません。場所を選んでください。',
  },
  'near.chip': { en: 'Near {place}', th: 'ใกล้ {place}', es: 'Cerca de {place}', ja: '{place}の近く' },
  'near.chipWithin': {
    en: 'Within {km} km of {place}',
    th: 'ภายใน {km} กม. จาก{place}',
    es: 'A menos de {km} km de {place}',
    ja: '{place}から{km}km以内',
  },
  'near.away': { en: '{km} km away', th: 'ห่าง {km} กม.', es: 'a {km} km', ja: '{km}km先' },
  'sort.distance': { en: 'Nearest', th: 'ใกล้ที่สุด', es: 'Más cerca', ja: '近い順' },
} as const satisfies Table;
