import type { Table } from './table.ts';

/** Searching by a picture, and what looks alike. */
export const pictures = {
  'picture.search': {
    en: 'Search by a picture',
    th: 'ค้นหาด้วยรูปภาพ',
    es: 'Buscar con una imagen',
    ja: '画像で検索',
  },
  'picture.intro': {
    en: 'Take or choose a photo of what you are looking for. We show listings with the same picture, then those that look like it.',
    th: 'ถ่ายหรือเลือกรูปของสิ่งที่คุณกำลังหา เราจะแสดงรายการที่ใช้รูปเดียวกันก่อน แล้วตามด้วยรายการที่ดูคล้ายกัน',
    es: 'Haz o elige una foto de lo que buscas. Mostramos los anuncios con la misma imagen y después los que se le parecen.',
    ja: '探しているものの写真を撮るか選んでください。同じ画像の出品、続いて見た目の似た出品を表示します。',
  },
  'picture.file': { en: 'Photo', th: 'รูปภาพ', es: 'Foto', ja: '写真' },
  'picture.hint': {
    en: 'JPEG, PNG, WebP, GIF or AVIF, up to 10 MB',
    th: 'JPEG, PNG, WebP, GIF หรือ AVIF ไม่เกิน 10 MB',
    es: 'JPEG, PNG, WebP, GIF o AVIF, hasta 10 MB',
    ja: 'JPEG・PNG・WebP・GIF・AVIF、10MBまで',
  },
  'picture.kept': {
    en: 'Your photo is deleted as soon as it has been looked at. What it looks like is forgotten after an hour.',
    th: 'เราลบรูปของคุณทันทีที่วิเคราะห์เสร็จ และลืมลักษณะของรูปภายในหนึ่งชั่วโมง',
    es: 'Borramos tu foto en cuanto la hemos analizado. Su aspecto se olvida al cabo de una hora.',
    ja: '写真は解析後すぐに削除します。特徴の情報も1時間後に消去します。',
  },
  'picture.submit': { en: 'Search', th: 'ค้นหา', es: 'Buscar', ja: '検索する' },
  'picture.pending': {
    en: 'Looking at it …',
    th: 'กำลังดูรูป …',
    es: 'Mirando la foto …',
    ja: '写真を見ています…',
  },
  'picture.results': {
    en: 'Found by your picture',
    th: 'ผลการค้นหาจากรูปของคุณ',
    es: 'Encontrado con tu imagen',
    ja: '画像での検索結果',
  },
  'picture.another': { en: 'Another picture', th: 'ใช้รูปอื่น', es: 'Otra imagen', ja: '別の画像で検索' },
  'picture.same': { en: 'The same picture', th: 'รูปเดียวกัน', es: 'La misma imagen', ja: '同じ画像' },
  'picture.alike': { en: 'Looks alike', th: 'ดูคล้ายกัน', es: 'Se parecen', ja: '見た目が似ているもの' },
  'picture.byColorAndShape': {
    en: 'Found by color and shape. The comparison does not know what a picture shows, so other things of the same colors may appear.',
    th: 'เทียบจากสีและรูปทรง ระบบไม่รู้ว่าในรูปคืออะไร จึงอาจมีของอื่นที่สีคล้ายกันปนมา',
    es: 'Encontrado por color y forma. La comparación no sabe qué muestra una imagen: pueden salir otras cosas de los mismos colores.',
    ja: '色と形を比べた結果です。何が写っているかは判別していないため、色の似た別のものが出ることがあります。',
  },
  'picture.byModel': {
    en: 'Found by the image model {model}.',
    th: 'ค้นหาด้วยแบบจำลองภาพ {model}',
    es: 'Encontrado por el modelo de imágenes {model}.',
    ja: '画像モデル {model} による結果です。',
  },
  'picture.nothing': {
    en: 'Nothing looks like it yet',
    th: 'ยังไม่มีรายการที่ดูคล้ายกัน',
    es: 'Todavía no hay nada parecido',
    ja: '似ているものはまだありません',
  },
  'picture.nothingHint': {
    en: 'Try another photo, closer and on a plain ground, or search by words.',
    th: 'ลองใช้รูปอื่นที่ใกล้ขึ้นบนพื้นเรียบ หรือค้นหาด้วยคำ',
    es: 'Prueba con otra foto, más de cerca y sobre un fondo liso, o busca con palabras.',
    ja: '無地の背景で近くから撮った別の写真か、言葉での検索をお試しください。',
  },
  'picture.gone': {
    en: 'This search has ended, and the picture is forgotten. Send it again.',
    th: 'การค้นหานี้สิ้นสุดแล้วและลืมรูปแล้ว โปรดส่งรูปอีกครั้ง',
    es: 'Esta búsqueda ha terminado y la imagen se ha olvidado. Envíala de nuevo.',
    ja: 'この検索は終了し、画像の情報は消去されました。もう一度送信してください。',
  },
  'mistake.picture_missing': {
    en: 'Choose a picture.',
    th: 'โปรดเลือกรูปภาพ',
    es: 'Elige una imagen.',
    ja: '画像を選んでください。',
  },
  'mistake.picture_type': {
    en: 'This is no JPEG, PNG, WebP, GIF or AVIF.',
    th: 'ไฟล์นี้ไม่ใช่ JPEG, PNG, WebP, GIF หรือ AVIF',
    es: 'No es JPEG, PNG, WebP, GIF ni AVIF.',
    ja: 'JPEG・PNG・WebP・GIF・AVIF のいずれでもありません。',
  },
  'mistake.picture_too_large': {
    en: 'This is larger than 10 MB.',
    th: 'ไฟล์ใหญ่เกิน 10 MB',
    es: 'Ocupa más de 10 MB.',
    ja: '10MBを超えています。',
  },
  'mistake.picture_unreadable': {
    en: 'This picture cannot be read. It may be damaged.',
    th: 'อ่านรูปนี้ไม่ได้ ไฟล์อาจเสียหาย',
    es: 'La imagen no se puede leer. Puede estar dañada.',
    ja: '画像を読み込めません。壊れている可能性があります。',
  },
  'mistake.picture_too_small': {
    en: 'This picture is too small: at least 16 pixels a side.',
    th: 'รูปเล็กเกินไป ต้องมีด้านละอย่างน้อย 16 พิกเซล',
    es: 'La imagen es demasiado pequeña: al menos 16 píxeles por lado.',
    ja: '画像が小さすぎます。各辺16ピクセル以上が必要です。',
  },
  'mistake.picture_too_many_pixels': {
    en: 'This picture has too many pixels: at most 100 million.',
    th: 'รูปมีพิกเซลมากเกินไป สูงสุด 100 ล้านพิกเซล',
    es: 'La imagen tiene demasiados píxeles: 100 millones como máximo.',
    ja: '画素数が多すぎます。上限は1億画素です。',
  },
  'error.PICTURE_NOT_FOUND': {
    en: 'The picture was forgotten. Send it again.',
    th: 'ลืมรูปนี้แล้ว โปรดส่งอีกครั้ง',
    es: 'La imagen se ha olvidado. Envíala de nuevo.',
    ja: '画像の情報は消去されました。もう一度送信してください。',
  },
} satisfies Table;
