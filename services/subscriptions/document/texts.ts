type Text = { readonly en: string; readonly th: string; readonly es: string; readonly ja: string };

/** The words of an invoice, in the languages of the interface. */
const TEXTS = {
  invoice: { en: 'Invoice', th: 'ใบแจ้งหนี้', es: 'Factura', ja: '請求書' },
  taxId: { en: 'Tax ID', th: 'เลขประจำตัวผู้เสียภาษี', es: 'RFC / ID fiscal', ja: '登録番号' },
  to: { en: 'To', th: 'ถึง', es: 'Para', ja: '宛先' },
  date: { en: 'Date', th: 'วันที่', es: 'Fecha', ja: '発行日' },
  state: { en: 'State', th: 'สถานะ', es: 'Estado', ja: '状態' },
  'state.open': { en: 'Open', th: 'รอชำระ', es: 'Pendiente', ja: '未払い' },
  'state.paid': { en: 'Paid', th: 'ชำระแล้ว', es: 'Pagada', ja: '支払い済み' },
  'state.void': { en: 'Withdrawn', th: 'ยกเลิกแล้ว', es: 'Anulada', ja: '取消済み' },
  'state.uncollectible': { en: 'Given up', th: 'เลิกติดตาม', es: 'Incobrable', ja: '回収不能' },
  what: { en: 'What', th: 'รายการ', es: 'Concepto', ja: '内容' },
  amount: { en: 'Amount', th: 'จำนวนเงิน', es: 'Importe', ja: '金額' },
  proration: { en: 'rest of the period', th: 'ช่วงที่เหลือของรอบ', es: 'resto del periodo', ja: '期間の残り' },
  usage: {
    en: 'beyond what is included',
    th: 'ส่วนที่เกินจากแพ็กเกจ',
    es: 'además de lo incluido',
    ja: '込みの分を超えた数',
  },
  unused: { en: 'paid and not used', th: 'ชำระแล้วและไม่ได้ใช้', es: 'pagado y sin usar', ja: '未使用分' },
  included: { en: 'included', th: 'รวมแล้ว', es: 'incluido', ja: '内税' },
  total: { en: 'Total', th: 'ยอดรวม', es: 'Total', ja: '合計' },
  page: { en: 'Page {page}', th: 'หน้า {page}', es: 'Página {page}', ja: '{page}ページ' },
} as const satisfies Record<string, Text>;

export type TextKey = keyof typeof TEXTS;

/** An invoice's word in a language; English in those it does not speak. */
export function textOf(locale: string, key: TextKey): string {
  const text: Text = TEXTS[key];
  return text[locale.slice(0, 2) as keyof Text] ?? text.en;
}
