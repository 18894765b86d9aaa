import type { Table } from './table.ts';

/** What operators say of words and queries. */
export const searchRules = {
  'searchRules.title': { en: 'Search', th: 'การค้นหา', es: 'Búsqueda', ja: '検索' },
  'searchRules.hint': {
    en: 'In effect within seconds, for every search in this marketplace.',
    th: 'มีผลภายในไม่กี่วินาทีกับทุกการค้นหาในตลาดนี้',
    es: 'Se aplica en segundos a todas las búsquedas de este mercado.',
    ja: '数秒以内に、このマーケットのすべての検索に反映されます。',
  },
  'searchRules.synonyms': {
    en: 'Words that mean the same',
    th: 'คำที่มีความหมายเดียวกัน',
    es: 'Palabras con el mismo significado',
    ja: '同じ意味の言葉',
  },
  'searchRules.synonymsHint': {
    en: 'One line each, words apart by commas: couch, sofa, settee',
    th: 'บรรทัดละหนึ่งชุด คั่นด้วยจุลภาค: มือถือ, โทรศัพท์, สมาร์ตโฟน',
    es: 'Una línea por grupo, separadas por comas: sofá, sillón, diván',
    ja: '1行に1組、コンマで区切ります：ソファ, ソファー, 長椅子',
  },
  'searchRules.stopWords': {
    en: 'Words that say nothing here',
    th: 'คำที่ไม่ช่วยในการค้นหา',
    es: 'Palabras que aquí no dicen nada',
    ja: '検索で無視する言葉',
  },
  'searchRules.stopWordsHint': {
    en: 'Apart by commas. The usual ones (“the”, “for”) are left out anyway.',
    th: 'คั่นด้วยจุลภาค คำทั่วไป เช่น “ที่” “และ” ถูกตัดออกอยู่แล้ว',
    es: 'Separadas por comas. Las habituales («el», «para») ya se omiten.',
    ja: 'コンマで区切ります。「の」「は」など一般的な言葉は元から無視されます。',
  },
  'searchRules.curations': {
    en: 'Results by hand',
    th: 'ผลลัพธ์ที่จัดเอง',
    es: 'Resultados a mano',
    ja: '手動で決める検索結果',
  },
  'searchRules.curationsHint': {
    en: 'One query a line, then addresses of listings: + puts one first, - hides it. Gift: +/en/l/brass-lamp-1a2b3c4d -/en/l/old-desk-5e6f7g8h',
    th: 'บรรทัดละหนึ่งคำค้น ตามด้วยที่อยู่ของรายการ: + แสดงก่อน, - ซ่อน ของขวัญ: +/th/l/brass-lamp-1a2b3c4d -/th/l/old-desk-5e6f7g8h',
    es: 'Una búsqueda por línea y luego direcciones de anuncios: + lo pone primero, - lo oculta. Regalo: +/es/l/lampara-1a2b3c4d -/es/l/mesa-5e6f7g8h',
    ja: '1行に検索語を1つ、続けて商品のアドレス：+ は先頭に表示、- は非表示。ギフト: +/ja/l/brass-lamp-1a2b3c4d -/ja/l/old-desk-5e6f7g8h',
  },
} as const satisfies Table;
