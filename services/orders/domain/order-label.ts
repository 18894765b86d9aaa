import type { LocalizedText } from '@plaza/kernel';
import { happenedLabel, type Process } from './process/process.ts';

/** Ends that no process knows: reached when all of it came back, or a bank took its money back. */
const OWN_STATES: Readonly<Record<string, LocalizedText>> = {
  returned: {
    en: 'Returned',
    th: 'คืนของแล้ว',
    es: 'Devuelto',
    ja: '返品済み',
  },
  reversed: {
    en: 'Charged back by the bank',
    th: 'ธนาคารเรียกเงินคืน',
    es: 'Contracargo del banco',
    ja: '銀行によるチャージバック',
  },
};

/** A state in words: the process's own, or ours. */
export function stateLabel(process: Process, state: string): LocalizedText {
  return process.states[state]?.label ?? OWN_STATES[state] ?? { en: state };
}

/** Labels of what happens outside a process. */
const OWN_LABELS: Readonly<Record<string, LocalizedText>> = {
  placed: { en: 'Placed and paid', th: 'สั่งซื้อและชำระเงินแล้ว', es: 'Realizado y pagado', ja: '注文・支払い済み' },
  placedDue: {
    en: 'Placed; paid at the door',
    th: 'สั่งซื้อแล้ว (เก็บเงินปลายทาง)',
    es: 'Realizado; se paga al recibir',
    ja: '注文済み（代金引換）',
  },
  refunded: { en: 'Partial refund', th: 'คืนเงินบางส่วน', es: 'Reembolso parcial', ja: '一部返金' },
  returnAsked: { en: 'Return asked for', th: 'ขอคืนสินค้า', es: 'Devolución solicitada', ja: '返品を申請' },
  ...OWN_STATES,
  chargebackOpened: {
    en: 'The bank has a claim on the payment',
    th: 'ธนาคารขอเรียกเงินคืน',
    es: 'El banco reclama el pago',
    ja: '銀行から支払いへの異議',
  },
  chargebackWon: {
    en: 'The bank’s claim was turned down',
    th: 'คำขอเรียกเงินคืนถูกปฏิเสธ',
    es: 'Se rechazó el reclamo del banco',
    ja: '銀行の異議は退けられました',
  },
  chargebackLost: {
    en: 'The bank’s claim was upheld',
    th: 'ธนาคารเรียกเงินคืนสำเร็จ',
    es: 'El banco ganó el reclamo',
    ja: '銀行の異議が認められました',
  },
  chargedBack: {
    en: 'Part taken back by the bank',
    th: 'ธนาคารเรียกเงินคืนบางส่วน',
    es: 'El banco recuperó una parte',
    ja: '銀行が一部を取り戻し',
  },
};

/** What happened, in words: ours for what happens outside a process, else the process's own. */
export function timelineLabel(process: Process, action: string): LocalizedText {
  const own = action === 'placed' && process.paid === 'onDelivery' ? 'placedDue' : action;
  return OWN_LABELS[own] ?? happenedLabel(process, action) ?? { en: action };
}
