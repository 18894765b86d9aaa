import { LOCALES, type Locale } from '@plaza/kernel';
import type { DocumentKind } from '../contract/document.ts';

type Text = Readonly<Record<Locale, string>>;

/** The words of documents, in the languages of the interface. */
const TEXTS = {
  number: { en: 'Number', th: 'เลขที่', es: 'Folio', ja: '番号' },
  date: { en: 'Date', th: 'วันที่', es: 'Fecha', ja: '発行日' },
  order: { en: 'Order', th: 'คำสั่งซื้อ', es: 'Pedido', ja: '注文番号' },
  placed: { en: 'Ordered on', th: 'วันที่สั่งซื้อ', es: 'Fecha del pedido', ja: '注文日' },
  month: { en: 'For', th: 'ประจำเดือน', es: 'Periodo', ja: '対象月' },
  refersTo: { en: 'Refers to', th: 'อ้างอิง', es: 'Relacionado con', ja: '参照' },
  reason: { en: 'Reason', th: 'เหตุผล', es: 'Motivo', ja: '理由' },
  from: { en: 'From', th: 'ผู้ออก', es: 'Emisor', ja: '発行者' },
  to: { en: 'To', th: 'ลูกค้า', es: 'Receptor', ja: '宛先' },
  taxId: { en: 'Tax ID', th: 'เลขประจำตัวผู้เสียภาษี', es: 'RFC o id. fiscal', ja: '登録番号・法人番号' },
  description: { en: 'Description', th: 'รายการ', es: 'Descripción', ja: '品目' },
  sale: { en: 'Sale', th: 'คำสั่งซื้อ', es: 'Venta', ja: '取引' },
  quantity: { en: 'Qty', th: 'จำนวน', es: 'Cant.', ja: '数量' },
  price: { en: 'Price', th: 'ราคา', es: 'Precio', ja: '単価' },
  amount: { en: 'Amount', th: 'จำนวนเงิน', es: 'Importe', ja: '金額' },
  commission: { en: 'Commission', th: 'ค่าคอมมิชชั่น', es: 'Comisión', ja: '手数料' },
  discount: { en: 'Discount', th: 'ส่วนลด', es: 'Descuento', ja: '割引' },
  subtotal: { en: 'Subtotal', th: 'รวม', es: 'Subtotal', ja: '小計' },
  shipping: { en: 'Shipping', th: 'ค่าจัดส่ง', es: 'Envío', ja: '送料' },
  refunded: { en: 'Refunded', th: 'ยอดคืนเงิน', es: 'Reembolsado', ja: '返金額' },
  total: { en: 'Total', th: 'รวมทั้งสิ้น', es: 'Total', ja: '合計' },
  tax: { en: 'Tax', th: 'ภาษี', es: 'Impuesto', ja: '税' },
  base: { en: 'Taxable amount', th: 'มูลค่าก่อนภาษี', es: 'Base', ja: '税抜金額' },
  contained: { en: 'included', th: 'รวมในราคาแล้ว', es: 'incluido', ja: '内税' },
  notTaxed: { en: 'Not taxed', th: 'ไม่มีภาษี', es: 'Sin impuesto', ja: '非課税' },
  vat: { en: 'VAT', th: 'ภาษีมูลค่าเพิ่ม', es: 'IVA', ja: '消費税' },
  page: { en: 'Page {page}', th: 'หน้า {page}', es: 'Página {page}', ja: '{page}ページ' },
} as const satisfies Record<string, Text>;

/** What a document is called. A receipt is no tax invoice by itself, so none claims to be. */
const KINDS: Readonly<Record<DocumentKind, Text>> = {
  receipt: { en: 'Receipt', th: 'ใบเสร็จรับเงิน', es: 'Recibo', ja: '領収書' },
  invoice: { en: 'Tax invoice', th: 'ใบกำกับภาษี', es: 'Factura', ja: '請求書' },
  credit_note: { en: 'Credit note', th: 'ใบลดหนี้', es: 'Nota de crédito', ja: '返金明細書' },
  commission_invoice: {
    en: 'Commission invoice',
    th: 'ใบแจ้งค่าคอมมิชชั่น',
    es: 'Factura de comisiones',
    ja: '手数料請求書',
  },
  commission_credit_note: {
    en: 'Commission credit note',
    th: 'ใบลดหนี้ค่าคอมมิชชั่น',
    es: 'Nota de crédito de comisiones',
    ja: '手数料返金明細書',
  },
};

/** An invoice of who has no tax id: it must not call itself one for taxes. */
const PLAIN_INVOICE: Text = { en: 'Invoice', th: 'ใบแจ้งหนี้/ใบเสร็จรับเงิน', es: 'Factura', ja: '請求書' };

export type TextKey = keyof typeof TEXTS;

/** The language a document can be drawn in; English for those it does not speak. */
export function documentLocale(locale: string): Locale {
  return LOCALES.find((each) => each === locale.slice(0, 2)) ?? 'en';
}

export function textOf(locale: Locale, key: TextKey): string {
  return TEXTS[key][locale];
}

export function kindText(locale: Locale, kind: DocumentKind, issuerTaxId: string | null): string {
  return (kind === 'invoice' && issuerTaxId === null ? PLAIN_INVOICE : KINDS[kind])[locale];
}
