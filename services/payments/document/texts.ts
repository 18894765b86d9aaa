type Text = { readonly en: string; readonly th: string; readonly es: string; readonly ja: string };

/** The words of documents, in the languages of the interface. */
const TEXTS = {
  statement: { en: 'Account statement', th: 'รายการเดินบัญชี', es: 'Estado de cuenta', ja: '入出金明細書' },
  store: { en: 'Store', th: 'ร้านค้า', es: 'Tienda', ja: 'ショップ' },
  member: { en: 'Member', th: 'สมาชิก', es: 'Miembro', ja: '会員' },
  period: { en: 'Period', th: 'ช่วงเวลา', es: 'Periodo', ja: '期間' },
  currency: { en: 'Currency', th: 'สกุลเงิน', es: 'Moneda', ja: '通貨' },
  opening: { en: 'At the beginning', th: 'ยอดยกมา', es: 'Saldo inicial', ja: '期首残高' },
  in: { en: 'Came in', th: 'เงินเข้า', es: 'Entradas', ja: '入金' },
  out: { en: 'Went out', th: 'เงินออก', es: 'Salidas', ja: '出金' },
  closing: { en: 'At the end', th: 'ยอดยกไป', es: 'Saldo final', ja: '期末残高' },
  time: { en: 'Time', th: 'เวลา', es: 'Fecha', ja: '日時' },
  what: { en: 'What', th: 'รายการ', es: 'Concepto', ja: '内容' },
  amount: { en: 'Amount', th: 'จำนวนเงิน', es: 'Importe', ja: '金額' },
  balance: { en: 'Balance', th: 'คงเหลือ', es: 'Saldo', ja: '残高' },
  page: { en: 'Page {page}', th: 'หน้า {page}', es: 'Página {page}', ja: '{page}ページ' },
  'kind.release': { en: 'Sale', th: 'ยอดขาย', es: 'Venta', ja: '売上' },
  'kind.refund': { en: 'Refund', th: 'คืนเงิน', es: 'Reembolso', ja: '返金' },
  'kind.return': { en: 'Refund', th: 'คืนเงิน', es: 'Reembolso', ja: '返金' },
  'kind.top_up': { en: 'Top-up', th: 'เติมเงิน', es: 'Recarga', ja: 'チャージ' },
  'kind.top_up_taken_back': {
    en: 'Top-up taken back',
    th: 'เงินเติมถูกดึงกลับ',
    es: 'Recarga anulada',
    ja: 'チャージの取り消し',
  },
  'kind.wallet_debt_repaid': {
    en: 'Debt paid back',
    th: 'ชำระยอดค้าง',
    es: 'Pago de deuda',
    ja: '未払い分の返済',
  },
  'kind.wallet_payment': { en: 'Purchase', th: 'ซื้อสินค้า', es: 'Compra', ja: '購入' },
  'kind.payout': { en: 'Payout', th: 'ถอนเงิน', es: 'Retiro', ja: '出金' },
  'kind.payout_failed': {
    en: 'Payout returned',
    th: 'เงินถอนคืนเข้ายอด',
    es: 'Retiro devuelto',
    ja: '出金の差し戻し',
  },
} as const satisfies Record<string, Text>;

export type TextKey = keyof typeof TEXTS;

/** A document's word in a language; English in those it does not speak. */
export function textOf(locale: string, key: TextKey): string {
  const text: Text = TEXTS[key];
  return text[locale.slice(0, 2) as keyof Text] ?? text.en;
}

/** What moved, in words; a kind without any keeps its code. */
export function kindOf(locale: string, kind: string): string {
  const key = `kind.${kind}`;
  return key in TEXTS ? textOf(locale, key as TextKey) : kind;
}
