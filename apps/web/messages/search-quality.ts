import type { Table } from './table.ts';

/** Whether search has everything, and how good operators find it. */
export const searchQuality = {
  'searchIndex.title': {
    en: 'Index and catalog',
    th: 'ดัชนีกับแคตตาล็อก',
    es: 'Índice y catálogo',
    ja: '索引とカタログ',
  },
  'searchIndex.hint': {
    en: 'A few times a day every listing on sale is looked up in the index. What differs is mended at once.',
    th: 'วันละไม่กี่ครั้ง ระบบตรวจทุกรายการที่ขายอยู่กับดัชนี ส่วนที่ไม่ตรงกันจะถูกแก้ทันที',
    es: 'Varias veces al día se busca cada anuncio en venta en el índice. Lo que no coincide se corrige al momento.',
    ja: '1日に数回、販売中のすべての商品を索引と照合し、違いがあればすぐに直します。',
  },
  'searchIndex.notChecked': {
    en: 'Not compared yet.',
    th: 'ยังไม่เคยตรวจ',
    es: 'Aún no se ha comparado.',
    ja: 'まだ照合していません。',
  },
  'searchIndex.same': {
    en: 'All {listings} listings were found. {time}',
    th: 'พบครบทั้ง {listings} รายการ {time}',
    es: 'Se encontraron los {listings} anuncios. {time}',
    ja: '{listings}件すべて見つかりました。{time}',
  },
  'searchIndex.mended': {
    en: '{count} of {listings} listings differed and were mended. {time}',
    th: '{count} จาก {listings} รายการไม่ตรงกัน และแก้แล้ว {time}',
    es: '{count} de {listings} anuncios no coincidían y se corrigieron. {time}',
    ja: '{listings}件中{count}件に違いがあり、修正しました。{time}',
  },
  'searchIndex.missing': {
    en: 'On sale, not found',
    th: 'ขายอยู่แต่ค้นไม่พบ',
    es: 'En venta, no encontrados',
    ja: '販売中なのに見つからない',
  },
  'searchIndex.outdated': {
    en: 'Found as they were before',
    th: 'พบด้วยข้อมูลเก่า',
    es: 'Con datos anteriores',
    ja: '古い内容のまま',
  },
  'searchIndex.extra': {
    en: 'Shown, no longer on sale',
    th: 'ยังแสดงอยู่ทั้งที่ไม่ขายแล้ว',
    es: 'Visibles, ya no en venta',
    ja: '販売終了なのに表示される',
  },
  'searchIndex.check': { en: 'Compare now', th: 'ตรวจตอนนี้', es: 'Comparar ahora', ja: '今すぐ照合する' },
  'searchIndex.done': {
    en: 'Compared: {count} mended.',
    th: 'ตรวจแล้ว: แก้ {count} รายการ',
    es: 'Comparado: {count} corregidos.',
    ja: '照合しました。修正：{count}件',
  },
} as const satisfies Table;
