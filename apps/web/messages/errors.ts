import type { Table } from './table';

/** Refusals by their stable code; one without a text here shows the API's own. */
export const errors = {
  'error.INTERNAL': { en: 'Something went wrong on our side. Nothing was lost; try again.', th: 'เกิดข้อผิดพลาดในระบบ ข้อมูลไม่หาย โปรดลองใหม่', es: 'Algo salió mal de nuestro lado. No se perdió nada; inténtalo de nuevo.', ja: 'こちら側で問題が起きました。入力内容は失われていません。もう一度お試しください。' },
  'error.INVALID_INPUT': { en: 'Some fields are not right. They are marked below.', th: 'บางช่องไม่ถูกต้อง ดูที่ทำเครื่องหมายไว้ด้านล่าง', es: 'Algunos campos no son correctos. Están marcados abajo.', ja: '正しくない項目があります。下に示しています。' },
  'error.UNAUTHENTICATED': { en: 'Sign in first.', th: 'โปรดเข้าสู่ระบบก่อน', es: 'Inicia sesión primero.', ja: '先にログインしてください。' },
  'error.FORBIDDEN': { en: 'You may not do this.', th: 'คุณไม่มีสิทธิ์ทำสิ่งนี้', es: 'No puedes hacer esto.', ja: 'この操作はできません。' },
  'error.UNAVAILABLE': { en: 'A part of the marketplace is resting. Try again soon.', th: 'บางส่วนของระบบยังไม่พร้อม ลองใหม่อีกสักครู่', es: 'Una parte del mercado no responde. Inténtalo pronto.', ja: '一部の機能が利用できません。しばらくしてお試しください。' },
  'error.UNREACHABLE': { en: 'The marketplace does not answer. Try again soon.', th: 'ระบบไม่ตอบสนอง ลองใหม่อีกสักครู่', es: 'El mercado no responde. Inténtalo pronto.', ja: '応答がありません。しばらくしてお試しください。' },
  'error.RATE_LIMITED': { en: 'Too many tries. Wait a moment.', th: 'ลองหลายครั้งเกินไป โปรดรอสักครู่', es: 'Demasiados intentos. Espera un momento.', ja: '試行回数が多すぎます。少しお待ちください。' },
  'error.VERSION_CONFLICT': { en: 'Someone changed this meanwhile. Reload the page, then repeat your change.', th: 'มีคนแก้ไขไปก่อนแล้ว โหลดหน้าใหม่แล้วแก้อีกครั้ง', es: 'Alguien cambió esto mientras tanto. Recarga la página y repite tu cambio.', ja: '他の人が先に変更しました。再読み込みしてやり直してください。' },
  'error.IDEMPOTENCY_IN_PROGRESS': { en: 'The first try is still running. One moment.', th: 'คำขอแรกยังทำงานอยู่ สักครู่', es: 'El primer intento sigue en curso. Un momento.', ja: '最初の処理が進行中です。少しお待ちください。' },
  'error.OUT_OF_STOCK': { en: 'There are not enough pieces left. Nothing was charged.', th: 'สินค้าเหลือไม่พอ ยังไม่มีการตัดเงิน', es: 'No quedan suficientes piezas. No se cobró nada.', ja: '在庫が足りません。請求はされていません。' },
  'error.PRICE_CHANGED': { en: 'The total changed. Look at it again before you pay.', th: 'ยอดรวมเปลี่ยนไป โปรดดูอีกครั้งก่อนจ่าย', es: 'El total cambió. Revísalo antes de pagar.', ja: '合計が変わりました。確認してからお支払いください。' },
  'error.CHECKOUT_EXPIRED': { en: 'This checkout has expired. Nothing was charged.', th: 'การสั่งซื้อหมดเวลาแล้ว ไม่มีการตัดเงิน', es: 'Esta compra expiró. No se cobró nada.', ja: 'この手続きは期限切れです。請求はされていません。' },
  'error.CHECKOUT_IN_PROGRESS': { en: 'The payment is being worked on. One moment.', th: 'กำลังดำเนินการชำระเงิน สักครู่', es: 'Estamos procesando el pago. Un momento.', ja: '支払いを処理中です。少しお待ちください。' },
  'error.PAYMENT_METHOD_INVALID': { en: 'The card’s details are not right.', th: 'ข้อมูลบัตรไม่ถูกต้อง', es: 'Los datos de la tarjeta no son correctos.', ja: 'カード情報が正しくありません。' },
  'error.COUPON_NOT_FOUND': { en: 'There is no such coupon.', th: 'ไม่มีคูปองนี้', es: 'No existe ese cupón.', ja: 'そのクーポンはありません。' },
  'error.COUPON_NOT_USABLE': { en: 'This coupon cannot be used here.', th: 'ใช้คูปองนี้ไม่ได้', es: 'Este cupón no se puede usar aquí.', ja: 'このクーポンは使えません。' },
  'error.OWN_LISTING': { en: 'This is your own listing.', th: 'นี่เป็นรายการของคุณเอง', es: 'Es tu propia publicación.', ja: 'ご自身の出品です。' },
  'error.VARIANT_UNAVAILABLE': { en: 'It is no longer for sale.', th: 'ไม่ได้ขายแล้ว', es: 'Ya no está a la venta.', ja: '販売を終了しました。' },
} as const satisfies Table;
