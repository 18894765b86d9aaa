import type { Table } from './table.ts';

/** What is wrong with a field or a cell of a file, by the API's code of the mistake. */
export const mistakes = {
  'mistake.too_small': {
    en: 'Too short or too small.',
    th: 'สั้นหรือน้อยเกินไป',
    es: 'Demasiado corto o pequeño.',
    ja: '短すぎるか小さすぎます。',
  },
  'mistake.too_big': {
    en: 'Too long or too big.',
    th: 'ยาวหรือมากเกินไป',
    es: 'Demasiado largo o grande.',
    ja: '長すぎるか大きすぎます。',
  },
  'mistake.shorterThan': {
    en: 'At least {count} characters.',
    th: 'อย่างน้อย {count} ตัวอักษร',
    es: 'Al menos {count} caracteres.',
    ja: '{count}文字以上で入力してください。',
  },
  'mistake.longerThan': {
    en: 'At most {count} characters.',
    th: 'ไม่เกิน {count} ตัวอักษร',
    es: 'Como máximo {count} caracteres.',
    ja: '{count}文字以内で入力してください。',
  },
  'mistake.lessThan': {
    en: 'At least {count}.',
    th: 'อย่างน้อย {count}',
    es: 'Al menos {count}.',
    ja: '{count}以上で入力してください。',
  },
  'mistake.moreThan': {
    en: 'At most {count}.',
    th: 'ไม่เกิน {count}',
    es: 'Como máximo {count}.',
    ja: '{count}以下で入力してください。',
  },
  'mistake.invalid_type': { en: 'Fill this in.', th: 'โปรดกรอก', es: 'Completa este campo.', ja: '入力してください。' },
  'mistake.invalid_format': {
    en: 'This does not look right.',
    th: 'รูปแบบไม่ถูกต้อง',
    es: 'El formato no es correcto.',
    ja: '形式が正しくありません。',
  },
  'mistake.required': { en: 'This is missing.', th: 'ยังไม่ได้กรอก', es: 'Falta este dato.', ja: '入力が必要です。' },
  'mistake.length': {
    en: 'Too short or too long.',
    th: 'สั้นหรือยาวเกินไป',
    es: 'Demasiado corto o largo.',
    ja: '短すぎるか長すぎます。',
  },
  'mistake.invalid_value': {
    en: 'Choose one of the offered values.',
    th: 'โปรดเลือกจากตัวเลือกที่มี',
    es: 'Elige uno de los valores ofrecidos.',
    ja: '選択肢から選んでください。',
  },
  'mistake.unknown': {
    en: 'This is not known here.',
    th: 'ไม่พบข้อมูลนี้ในระบบ',
    es: 'No se reconoce.',
    ja: '該当するものがありません。',
  },
  'mistake.duplicate': { en: 'This is there twice.', th: 'ข้อมูลซ้ำกัน', es: 'Está repetido.', ja: '重複しています。' },
  'mistake.taken': { en: 'This is taken already.', th: 'มีผู้ใช้แล้ว', es: 'Ya está en uso.', ja: 'すでに使われています。' },
  'mistake.category': {
    en: 'The category is missing or not known.',
    th: 'ไม่มีหมวดหมู่ หรือไม่รู้จักหมวดหมู่นี้',
    es: 'La categoría falta o no se reconoce.',
    ja: 'カテゴリーがないか、該当するものがありません。',
  },
  'mistake.condition': {
    en: 'The condition is none of those offered.',
    th: 'สภาพสินค้าไม่อยู่ในตัวเลือก',
    es: 'El estado no es uno de los ofrecidos.',
    ja: '状態が選択肢にありません。',
  },
  'mistake.attribute': {
    en: 'This detail does not fit the category.',
    th: 'ข้อมูลนี้ไม่ตรงกับหมวดหมู่',
    es: 'Este dato no corresponde a la categoría.',
    ja: 'この項目はカテゴリーに合いません。',
  },
  'mistake.kind': {
    en: 'This kind of listing is not sold here.',
    th: 'ที่นี่ไม่ขายสินค้าประเภทนี้',
    es: 'Aquí no se vende este tipo de publicación.',
    ja: 'この種類の出品は扱っていません。',
  },
  'mistake.type': {
    en: 'This kind of product is not known.',
    th: 'ไม่รู้จักประเภทสินค้านี้',
    es: 'No se reconoce este tipo de producto.',
    ja: '商品の種類がわかりません。',
  },
  'mistake.state': {
    en: 'This state is not known.',
    th: 'ไม่รู้จักสถานะนี้',
    es: 'No se reconoce este estado.',
    ja: '状態がわかりません。',
  },
  'mistake.price': {
    en: 'This is not a price.',
    th: 'ไม่ใช่ราคาที่ถูกต้อง',
    es: 'No es un precio válido.',
    ja: '価格の形式ではありません。',
  },
  'mistake.number': {
    en: 'This is not a number that fits.',
    th: 'ไม่ใช่ตัวเลขที่ใช้ได้',
    es: 'No es un número válido.',
    ja: '数値として正しくありません。',
  },
  'mistake.variants': {
    en: 'There are too many variants.',
    th: 'มีตัวเลือกมากเกินไป',
    es: 'Hay demasiadas variantes.',
    ja: 'バリエーションが多すぎます。',
  },
  'mistake.custom': { en: 'This is not right.', th: 'ไม่ถูกต้อง', es: 'No es correcto.', ja: '正しくありません。' },
} as const satisfies Table;
