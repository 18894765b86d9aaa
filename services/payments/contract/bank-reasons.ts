import type { LocalizedText } from '@plaza/kernel';

const NOT_RECEIVED = { en: 'Not received', th: 'ไม่ได้รับของ', es: 'No lo recibió', ja: '商品が届かない' };
const NOT_AS_DESCRIBED = {
  en: 'Not as described',
  th: 'ของไม่ตรงตามที่บอก',
  es: 'No es como se describió',
  ja: '商品が説明と違う',
};
const CHARGED_TWICE = { en: 'Charged twice', th: 'ถูกเก็บเงินซ้ำ', es: 'Cobrado dos veces', ja: '二重の請求' };
const NOT_AUTHORIZED = {
  en: 'Not made by the cardholder',
  th: 'เจ้าของบัตรไม่ได้ทำรายการ',
  es: 'No la hizo el titular de la tarjeta',
  ja: 'カード名義人の利用ではない',
};
const SUBSCRIPTION_ENDED = {
  en: 'The subscription was canceled',
  th: 'ยกเลิกการสมัครแล้ว',
  es: 'La suscripción estaba cancelada',
  ja: '定期購入は解約済み',
};
const NOT_SAID = { en: 'No reason given', th: 'ไม่ได้ระบุเหตุผล', es: 'Sin motivo indicado', ja: '理由の記載なし' };

/** Why a bank takes a payment back, by the words of providers: Stripe's, and PayPal's where it has others. */
const BANK_REASONS: Readonly<Record<string, LocalizedText>> = {
  fraudulent: NOT_AUTHORIZED,
  unauthorised: NOT_AUTHORIZED,
  unrecognized: { en: 'Not recognized', th: 'จำรายการไม่ได้', es: 'No reconoce el cargo', ja: '利用の覚えがない' },
  product_not_received: NOT_RECEIVED,
  merchandise_or_service_not_received: NOT_RECEIVED,
  product_unacceptable: NOT_AS_DESCRIBED,
  merchandise_or_service_not_as_described: NOT_AS_DESCRIBED,
  credit_not_processed: {
    en: 'Money not given back',
    th: 'ยังไม่ได้รับเงินคืน',
    es: 'No le devolvieron el dinero',
    ja: '返金されていない',
  },
  duplicate: CHARGED_TWICE,
  duplicate_transaction: CHARGED_TWICE,
  payment_by_other_means: {
    en: 'Paid in another way',
    th: 'ชำระด้วยวิธีอื่นแล้ว',
    es: 'Lo pagó de otra forma',
    ja: '別の方法で支払い済み',
  },
  incorrect_amount: { en: 'Wrong amount', th: 'จำนวนเงินไม่ถูกต้อง', es: 'Importe incorrecto', ja: '金額の誤り' },
  subscription_canceled: SUBSCRIPTION_ENDED,
  canceled_recurring_billing: SUBSCRIPTION_ENDED,
  chain_reorganized: {
    en: 'The payment vanished from its chain',
    th: 'รายการชำระหายไปจากเชน',
    es: 'El pago desapareció de su cadena',
    ja: '支払いがチェーンから消えた',
  },
  general: NOT_SAID,
  other: NOT_SAID,
};

/** Why a bank takes a payment back, for screens and mails alike; in its own words where they are not known. */
export function bankReason(reason: string): LocalizedText {
  return BANK_REASONS[reason] ?? { en: reason.replaceAll('_', ' ') };
}
