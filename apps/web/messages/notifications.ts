import type { Table } from './table.ts';

/** What a member was told, and its screen. */
export const notifications = {
  'notices.title': { en: 'Notifications', th: 'การแจ้งเตือน', es: 'Notificaciones', ja: 'お知らせ' },
  'notices.count': {
    en: 'Notifications, {count} unread',
    th: 'การแจ้งเตือน ยังไม่อ่าน {count} รายการ',
    es: 'Notificaciones, {count} sin leer',
    ja: 'お知らせ：未読 {count} 件',
  },
  'notices.none': {
    en: 'Nothing to tell you yet',
    th: 'ยังไม่มีการแจ้งเตือน',
    es: 'Todavía no hay nada que contarte',
    ja: 'まだお知らせはありません',
  },
  'notices.noneUnread': {
    en: 'You have read everything',
    th: 'อ่านครบทุกรายการแล้ว',
    es: 'Ya lo leíste todo',
    ja: '未読のお知らせはありません',
  },
  'notices.noneHint': {
    en: 'What happens to your orders, sales and searches is told here.',
    th: 'ความเคลื่อนไหวของคำสั่งซื้อ การขาย และการค้นหาของคุณจะแจ้งที่นี่',
    es: 'Aquí te contamos lo que pasa con tus pedidos, ventas y búsquedas.',
    ja: '注文・販売・検索に動きがあると、ここでお知らせします。',
  },
  'notices.unread': { en: 'Unread', th: 'ยังไม่อ่าน', es: 'Sin leer', ja: '未読' },
  'notices.all': { en: 'All', th: 'ทั้งหมด', es: 'Todas', ja: 'すべて' },
  'notices.readAll': {
    en: 'Mark all as read',
    th: 'อ่านทั้งหมดแล้ว',
    es: 'Marcar todas como leídas',
    ja: 'すべて既読にする',
  },
} as const satisfies Table;
