import type { Table } from './table.ts';

/** What operators say of words and queries. */
export const searchRules = {
  'searchRules.title': { en: 'Search rules', th: 'กฎการค้นหา', es: 'Reglas de búsqueda', ja: '検索ルール' },
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
  'searchRules.boosts': {
    en: 'Promoted listings and stores',
    th: 'รายการและร้านค้าที่โปรโมต',
    es: 'Anuncios y tiendas promocionados',
    ja: 'プロモーションする商品・ストア',
  },
  'searchRules.boostsHint': {
    en: 'One a line: the address of a listing or a store, from 1 to 100, and the day it ends, if any: /en/s/north-lights 50 2026-12-24. Of results that fit alike they come earlier, by at most what signals may change; results say that they are promoted.',
    th: 'บรรทัดละหนึ่งรายการ: ที่อยู่ของรายการหรือร้านค้า ตัวเลข 1 ถึง 100 และวันที่สิ้นสุดถ้ามี: /th/s/north-lights 50 2026-12-24 ในผลลัพธ์ที่ตรงพอ ๆ กันจะแสดงก่อน ไม่เกินที่สัญญาณปรับได้ และผลลัพธ์จะระบุว่าโปรโมต',
    es: 'Uno por línea: la dirección de un anuncio o una tienda, de 1 a 100, y el día en que termina, si lo hay: /es/s/luces-del-norte 50 2026-12-24. Entre resultados que encajan igual van antes, como mucho lo que pueden cambiar las señales; los resultados dicen que están promocionados.',
    ja: '1行に1つ：商品またはストアのアドレス、1～100の数値、終了日（任意）。例：/ja/s/north-lights 50 2026-12-24。同程度に合う結果の中で、シグナルの上限の範囲で前に出ます。結果には「プロモーション」と表示されます。',
  },
  'searchRules.signalCapPercent': {
    en: 'What signals may change at most, in percent',
    th: 'สัญญาณปรับคะแนนได้สูงสุดกี่เปอร์เซ็นต์',
    es: 'Cuánto pueden cambiar las señales, en porcentaje',
    ja: 'シグナルによる増減の上限（％）',
  },
  'searchRules.signalCapPercentHint': {
    en: '0 to 20. Results that fit alike are told apart by it; what fits clearly better stays first.',
    th: '0 ถึง 20 ใช้ตัดสินระหว่างผลลัพธ์ที่ตรงพอ ๆ กัน ผลลัพธ์ที่ตรงกว่าชัดเจนยังอยู่ก่อน',
    es: 'De 0 a 20. Decide entre resultados que encajan igual; lo que encaja claramente mejor sigue primero.',
    ja: '0～20。同じくらい合う結果の順を決めます。明らかによく合うものは先頭のままです。',
  },
  'searchRules.completenessPercent': {
    en: 'Signal: complete listing',
    th: 'สัญญาณ: ข้อมูลครบถ้วน',
    es: 'Señal: anuncio completo',
    ja: 'シグナル：情報の充実度',
  },
  'searchRules.completenessPercentHint': {
    en: '0 to 100. A picture, a description and attributes.',
    th: '0 ถึง 100 มีรูป คำอธิบาย และคุณสมบัติ',
    es: 'De 0 a 100. Foto, descripción y atributos.',
    ja: '0～100。写真・説明・属性があるか。',
  },
  'searchRules.freshnessPercent': {
    en: 'Signal: newly published',
    th: 'สัญญาณ: เพิ่งลงขาย',
    es: 'Señal: recién publicado',
    ja: 'シグナル：新しさ',
  },
  'searchRules.freshnessPercentHint': {
    en: '0 to 100. Half of it is left after 30 days.',
    th: '0 ถึง 100 เหลือครึ่งหนึ่งหลังผ่านไป 30 วัน',
    es: 'De 0 a 100. A los 30 días queda la mitad.',
    ja: '0～100。30日で半分になります。',
  },
  'searchRules.nearnessPercent': {
    en: 'Signal: near',
    th: 'สัญญาณ: อยู่ใกล้',
    es: 'Señal: cerca',
    ja: 'シグナル：近さ',
  },
  'searchRules.nearnessPercentHint': {
    en: '0 to 100. Only where a buyer looks near a place; half of it is left at 20 km.',
    th: '0 ถึง 100 ใช้เฉพาะเมื่อผู้ซื้อค้นหาใกล้สถานที่ เหลือครึ่งหนึ่งที่ระยะ 20 กม.',
    es: 'De 0 a 100. Solo cuando se busca cerca de un lugar; a 20 km queda la mitad.',
    ja: '0～100。場所の近くで探すときだけ働き、20kmで半分になります。',
  },
  'searchRules.ratingPercent': {
    en: 'Signal: well reviewed',
    th: 'สัญญาณ: รีวิวดี',
    es: 'Señal: buenas reseñas',
    ja: 'シグナル：評価の高さ',
  },
  'searchRules.ratingPercentHint': {
    en: '0 to 100. A listing without reviews counts as its store’s others do; where there are none, it says nothing, neither good nor bad.',
    th: '0 ถึง 100 รายการที่ยังไม่มีรีวิวใช้รีวิวของรายการอื่นในร้านเดียวกัน ถ้าร้านไม่มีรีวิวเลย สัญญาณนี้ไม่มีผลทั้งบวกและลบ',
    es: 'De 0 a 100. Un anuncio sin reseñas cuenta como los demás de su tienda; si la tienda no tiene ninguna, no dice nada, ni bueno ni malo.',
    ja: '0～100。レビューのない出品には、同じストアの他の出品のレビューを使います。ストアに一件もなければ、良くも悪くも影響しません。',
  },
  'searchRules.titlePercent': {
    en: 'What words in the title count',
    th: 'น้ำหนักของคำในชื่อรายการ',
    es: 'Cuánto cuentan las palabras del título',
    ja: 'タイトル内の言葉の重み',
  },
  'searchRules.titlePercentHint': {
    en: '0 to 200; 100 is as usual. Beside it count description, attributes and all other texts together.',
    th: '0 ถึง 200 โดย 100 คือปกติ เทียบกับคำอธิบาย คุณสมบัติ และข้อความอื่นทั้งหมดรวมกัน',
    es: 'De 0 a 200; 100 es lo habitual. Frente a ella cuentan juntos descripción, atributos y demás textos.',
    ja: '0～200（100が標準）。説明・属性などその他の文字全体に対する重みです。',
  },
  'searchRules.categoryPercent': {
    en: 'What the category counts',
    th: 'น้ำหนักของหมวดหมู่',
    es: 'Cuánto cuenta la categoría',
    ja: 'カテゴリーの重み',
  },
  'searchRules.categoryPercentHint': {
    en: '0 to 200; 100 is as usual. Results of the category that most of the best are of come earlier.',
    th: '0 ถึง 200 โดย 100 คือปกติ ผลลัพธ์ในหมวดหมู่เดียวกับผลลัพธ์ที่ดีที่สุดส่วนใหญ่จะมาก่อน',
    es: 'De 0 a 200; 100 es lo habitual. Adelanta los resultados de la categoría de la mayoría de los mejores.',
    ja: '0～200（100が標準）。上位の多くと同じカテゴリーの結果を前に出します。',
  },
} as const satisfies Table;
