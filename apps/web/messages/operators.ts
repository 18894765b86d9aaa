import type { Table } from './table.ts';

/** What operators see. */
export const operators = {
  'admin.members': { en: 'Members', th: 'สมาชิก', es: 'Miembros', ja: '会員' },
  'admin.ledger': { en: 'Ledger', th: 'บัญชีแยกประเภท', es: 'Libro mayor', ja: '元帳' },
  'admin.audit': { en: 'Audit log', th: 'บันทึกการตรวจสอบ', es: 'Registro de auditoría', ja: '監査ログ' },
  'admin.nothing': { en: 'Nothing found.', th: 'ไม่พบรายการ', es: 'No se encontró nada.', ja: '見つかりませんでした。' },
  'admin.emailBegins': {
    en: 'E-mail address begins with',
    th: 'อีเมลขึ้นต้นด้วย',
    es: 'El correo empieza con',
    ja: 'メールアドレスの先頭',
  },
  'admin.roles': { en: 'Roles', th: 'บทบาท', es: 'Roles', ja: '役割' },
  'admin.orderNumber': { en: 'Order number', th: 'หมายเลขคำสั่งซื้อ', es: 'Número de pedido', ja: '注文番号' },
  'admin.suspend': { en: 'Suspend', th: 'ระงับ', es: 'Suspender', ja: '公開停止にする' },
  'admin.reinstate': { en: 'Reinstate', th: 'ยกเลิกการระงับ', es: 'Restituir', ja: '公開停止を解除' },
  'admin.balanced': {
    en: 'The books balance: every currency sums to zero.',
    th: 'บัญชีสมดุล: ทุกสกุลเงินรวมเป็นศูนย์',
    es: 'Las cuentas cuadran: cada moneda suma cero.',
    ja: '帳簿は一致しています。各通貨の合計はゼロです。',
  },
  'admin.unbalanced': {
    en: 'The books do not balance.',
    th: 'บัญชีไม่สมดุล',
    es: 'Las cuentas no cuadran.',
    ja: '帳簿が一致していません。',
  },
  'admin.trialBalance': { en: 'Trial balance', th: 'งบทดลอง', es: 'Balance de comprobación', ja: '試算表' },
  'admin.purpose': { en: 'Purpose', th: 'วัตถุประสงค์', es: 'Propósito', ja: '用途' },
  'admin.accounts': { en: 'Accounts', th: 'บัญชี', es: 'Cuentas', ja: '口座数' },
  'admin.transfers': { en: 'Transfers', th: 'รายการโอน', es: 'Transferencias', ja: '振替' },
  'admin.chainIntact': {
    en: 'The chain is whole: {count} entries.',
    th: 'ห่วงโซ่ครบถ้วน: {count} รายการ',
    es: 'La cadena está íntegra: {count} entradas.',
    ja: 'チェーンは無傷です：{count}件',
  },
  'admin.chainBroken': {
    en: 'The chain is broken at entry {sequence}.',
    th: 'ห่วงโซ่ขาดที่รายการ {sequence}',
    es: 'La cadena está rota en la entrada {sequence}.',
    ja: '{sequence}番の項目でチェーンが壊れています。',
  },
  'admin.subject': { en: 'Subject', th: 'สิ่งที่เกี่ยวข้อง', es: 'Objeto', ja: '対象' },
  'admin.actor': { en: 'By', th: 'โดย', es: 'Por', ja: '実行者' },
  'admin.hash': { en: 'Hash', th: 'แฮช', es: 'Hash', ja: 'ハッシュ' },
} as const satisfies Table;
