import type { LocalizedText } from '@plaza/kernel';

const TOO_OLD = {
  en: 'The payment is too old to be refunded this way',
  th: 'ชำระไว้นานเกินกว่าจะคืนด้วยวิธีนี้',
  es: 'El pago es demasiado antiguo para reembolsarlo así',
  ja: 'この方法で返金できる期間を過ぎている',
};
const DISPUTED = {
  en: "The buyer's bank has a claim on the payment",
  th: 'ธนาคารของผู้ซื้อกำลังเรียกเงินนี้คืน',
  es: 'El banco del comprador reclama este pago',
  ja: '購入者の銀行がこの支払いに異議を申し立てている',
};
const ALREADY_REFUNDED = {
  en: 'The provider has refunded it already',
  th: 'ผู้ให้บริการคืนเงินไปแล้ว',
  es: 'El proveedor ya lo reembolsó',
  ja: '決済事業者がすでに返金済み',
};
const MORE_THAN_LEFT = {
  en: 'More than is left of the payment',
  th: 'เกินยอดที่เหลือของรายการชำระ',
  es: 'Es más de lo que queda del pago',
  ja: '支払いの残額を超えている',
};
const NO_FUNDS = {
  en: 'Not enough money at the provider',
  th: 'เงินที่ผู้ให้บริการไม่พอ',
  es: 'No hay fondos suficientes en el proveedor',
  ja: '決済事業者の残高が足りない',
};
const ACCOUNT_CLOSED = {
  en: 'The account it would go to is closed',
  th: 'บัญชีปลายทางปิดแล้ว',
  es: 'La cuenta de destino está cerrada',
  ja: '返金先の口座が閉鎖されている',
};
const REFUSED = {
  en: 'The provider refused it',
  th: 'ผู้ให้บริการปฏิเสธ',
  es: 'El proveedor lo rechazó',
  ja: '決済事業者が拒否した',
};

/** Why a refund was not sent: our own words of it, Stripe's failures and refusals, and PayPal's. */
const REFUND_REASONS: Readonly<Record<string, LocalizedText>> = {
  refunds_not_supported: {
    en: 'What was paid this way cannot be sent back by itself',
    th: 'วิธีชำระนี้คืนเงินอัตโนมัติไม่ได้',
    es: 'Lo pagado de esta forma no se puede devolver automáticamente',
    ja: 'このお支払い方法は自動で返金できない',
  },
  partial_refunds_not_supported: {
    en: 'Only all of it could be sent back, not a part',
    th: 'คืนได้ทั้งจำนวนเท่านั้น คืนบางส่วนไม่ได้',
    es: 'Solo se puede devolver completo, no una parte',
    ja: '一部だけの返金はできず、全額のみ可能',
  },
  not_captured: {
    en: 'The provider has taken no money for it',
    th: 'ผู้ให้บริการยังไม่ได้รับเงินรายการนี้',
    es: 'El proveedor no cobró este pago',
    ja: '決済事業者がこの支払いを受け取っていない',
  },
  refund_window_closed: TOO_OLD,
  REFUND_TIME_LIMIT_EXCEEDED: TOO_OLD,
  charge_disputed: DISPUTED,
  charge_for_pending_refund_disputed: DISPUTED,
  refund_disputed_payment: DISPUTED,
  TRANSACTION_DISPUTED: DISPUTED,
  charge_already_refunded: ALREADY_REFUNDED,
  CAPTURE_FULLY_REFUNDED: ALREADY_REFUNDED,
  REFUND_AMOUNT_EXCEEDED: MORE_THAN_LEFT,
  amount_too_large: MORE_THAN_LEFT,
  insufficient_funds: NO_FUNDS,
  REFUND_FAILED_INSUFFICIENT_FUNDS: NO_FUNDS,
  expired_or_canceled_card: {
    en: 'The card has expired or was canceled',
    th: 'บัตรหมดอายุหรือถูกยกเลิก',
    es: 'La tarjeta venció o fue cancelada',
    ja: 'カードが期限切れか解約済み',
  },
  lost_or_stolen_card: {
    en: 'The card was lost or stolen',
    th: 'บัตรหายหรือถูกขโมย',
    es: 'La tarjeta fue perdida o robada',
    ja: 'カードが紛失または盗難',
  },
  PAYER_ACCOUNT_LOCKED_OR_CLOSED: ACCOUNT_CLOSED,
  declined: REFUSED,
  refused: REFUSED,
  failed: REFUSED,
  unknown: REFUSED,
  merchant_request: {
    en: "Canceled in the provider's dashboard",
    th: 'ถูกยกเลิกในระบบของผู้ให้บริการ',
    es: 'Cancelado en el panel del proveedor',
    ja: '決済事業者の管理画面で取り消された',
  },
};

/** Why a provider did not send a refund, for screens; in its own words where they are not known. */
export function refundReason(reason: string): LocalizedText {
  return REFUND_REASONS[reason] ?? { en: reason.replaceAll('_', ' ').toLowerCase() };
}
