import type { Table } from './table.ts';

/** Paying at the door. */
export const cash = {
  'money.due': {
    en: 'To be paid at the door',
    th: 'เก็บเงินปลายทาง',
    es: 'Se paga al recibir',
    ja: '受け取り時に支払い',
  },
  'order.proof': {
    en: 'Proof: who took it in, or the number of the slip',
    th: 'หลักฐาน: ชื่อผู้รับ หรือเลขที่ใบรับ',
    es: 'Comprobante: quién recibió, o el número del recibo',
    ja: '証明：受取人の名前、または控えの番号',
  },
  'cash.pay': {
    en: 'Place the order and pay {amount} at the door',
    th: 'สั่งซื้อ และจ่าย {amount} ปลายทาง',
    es: 'Hacer el pedido y pagar {amount} al recibir',
    ja: '注文して {amount} を受け取り時に支払う',
  },
  'cash.fee': {
    en: '{amount} more for delivery',
    th: 'ค่าจัดส่งเพิ่ม {amount}',
    es: '{amount} más de envío',
    ja: '送料に {amount} 加算',
  },
  'cash.atDoor': {
    en: 'Nothing is paid now. Have the amount ready: couriers carry little change.',
    th: 'ยังไม่ต้องชำระตอนนี้ โปรดเตรียมเงินให้พอดี',
    es: 'No pagas nada ahora. Ten listo el importe exacto: quien reparte lleva poco cambio.',
    ja: '今はお支払い不要です。お釣りのないようご用意ください。',
  },
  'cash.problem.NOT_A_MEMBER': {
    en: 'Sign in to pay at the door.',
    th: 'เข้าสู่ระบบเพื่อใช้เก็บเงินปลายทาง',
    es: 'Inicia sesión para pagar al recibir.',
    ja: 'ログインすると代金引換を利用できます。',
  },
  'cash.problem.AMOUNT_TOO_HIGH': {
    en: 'This is more than can be paid at the door.',
    th: 'ยอดนี้สูงเกินกว่าจะเก็บเงินปลายทางได้',
    es: 'Es más de lo que se puede pagar al recibir.',
    ja: '代金引換の上限額を超えています。',
  },
  'cash.problem.STORE_DECLINES': {
    en: 'Not every store here takes cash at the door.',
    th: 'บางร้านในรายการนี้ไม่รับเก็บเงินปลายทาง',
    es: 'No todas las tiendas de esta compra aceptan pago al recibir.',
    ja: '代金引換に対応していないショップが含まれています。',
  },
  'cash.problem.STORE_OWES': {
    en: 'Not every store here takes cash at the door right now.',
    th: 'บางร้านในรายการนี้ยังรับเก็บเงินปลายทางไม่ได้ในขณะนี้',
    es: 'Por ahora no todas las tiendas de esta compra aceptan pago al recibir.',
    ja: '現在、代金引換に対応できないショップが含まれています。',
  },
  'cash.problem.TOO_MANY_REFUSED': {
    en: 'Several of your parcels were not taken in, so you cannot pay at the door for now.',
    th: 'คุณไม่ได้รับพัสดุหลายครั้ง จึงใช้เก็บเงินปลายทางไม่ได้ชั่วคราว',
    es: 'Varios de tus paquetes no se recibieron; por ahora no puedes pagar al recibir.',
    ja: '受け取られなかった荷物が続いたため、現在は代金引換をご利用いただけません。',
  },
  'cash.problem.NOT_ALL_PHYSICAL': {
    en: 'Only what is delivered can be paid at the door.',
    th: 'เก็บเงินปลายทางได้เฉพาะของที่จัดส่ง',
    es: 'Solo lo que se entrega se puede pagar al recibir.',
    ja: '代金引換は配送される商品のみです。',
  },
  'cash.problem.NOT_A_PARCEL': {
    en: 'Only parcels can be paid at the door: choose another way of shipping.',
    th: 'เก็บเงินปลายทางได้เฉพาะพัสดุ โปรดเลือกวิธีจัดส่งอื่น',
    es: 'Solo los paquetes se pagan al recibir: elige otro tipo de envío.',
    ja: '代金引換は宅配のみです。別の配送方法をお選びください。',
  },
  'cash.problem.COUNTRY': {
    en: 'Parcels to this country cannot be paid at the door.',
    th: 'พัสดุไปประเทศนี้ใช้เก็บเงินปลายทางไม่ได้',
    es: 'Los paquetes a este país no se pueden pagar al recibir.',
    ja: 'この国への荷物は代金引換をご利用いただけません。',
  },
  'error.CASH_NOT_OFFERED': {
    en: 'This cannot be paid at the door. Choose another way to pay.',
    th: 'รายการนี้ใช้เก็บเงินปลายทางไม่ได้ โปรดเลือกวิธีชำระเงินอื่น',
    es: 'Esto no se puede pagar al recibir. Elige otra forma de pago.',
    ja: '代金引換をご利用いただけません。別の支払い方法をお選びください。',
  },
  'cash.store': { en: 'Cash on delivery', th: 'เก็บเงินปลายทาง', es: 'Pago al recibir', ja: '代金引換' },
  'cash.storeSeller': {
    en: 'Your buyers pay you, or your courier, at the door. You keep the cash; the commission is set against your next sales. Record each parcel: what you do not record counts as paid after some weeks.',
    th: 'ผู้ซื้อจ่ายให้คุณหรือพนักงานส่งของของคุณเมื่อได้รับพัสดุ คุณเก็บเงินสดไว้ และค่าธรรมเนียมจะหักจากยอดขายครั้งต่อไป โปรดบันทึกทุกพัสดุ หากไม่บันทึกจะถือว่าได้รับเงินแล้วเมื่อพ้นกำหนด',
    es: 'Tus compradores te pagan a ti o a tu repartidor al recibir. Te quedas con el efectivo; la comisión se descuenta de tus próximas ventas. Registra cada paquete: lo que no registres se da por cobrado tras unas semanas.',
    ja: '購入者は受け取り時にあなた、または配達員に支払います。現金はあなたのもので、手数料は次の売上から差し引かれます。荷物ごとに記録してください。記録がない荷物は、数週間後に集金済みとみなされます。',
  },
  'cash.storeCarrier': {
    en: 'Your buyers pay the carrier at the door, who hands the money to the marketplace. It is paid out to you like any other sale.',
    th: 'ผู้ซื้อจ่ายกับขนส่งเมื่อได้รับพัสดุ ขนส่งจะนำเงินส่งให้ตลาด และคุณจะได้รับเหมือนการขายอื่น',
    es: 'Tus compradores pagan a la paquetería al recibir, que entrega el dinero al mercado. Te lo pagamos como cualquier otra venta.',
    ja: '購入者は受け取り時に配送会社へ支払い、代金はマーケットプレイスに渡されます。ほかの売上と同じように支払われます。',
  },
  'cash.accept': {
    en: 'Let buyers pay at the door',
    th: 'เปิดรับเก็บเงินปลายทาง',
    es: 'Permitir el pago al recibir',
    ja: '代金引換を受け付ける',
  },
  'cash.stop': {
    en: 'No longer take cash at the door',
    th: 'ปิดรับเก็บเงินปลายทาง',
    es: 'Dejar de aceptar pago al recibir',
    ja: '代金引換の受付をやめる',
  },
  'cash.on': { en: 'Switched on', th: 'เปิดอยู่', es: 'Activado', ja: '受付中' },
  'cash.off': { en: 'Switched off', th: 'ปิดอยู่', es: 'Desactivado', ja: '停止中' },
  'purpose.seller_cash': {
    en: 'Cash with sellers',
    th: 'เงินสดที่ผู้ขายถืออยู่',
    es: 'Efectivo con vendedores',
    ja: '出品者の手元の現金',
  },
} as const satisfies Table;
