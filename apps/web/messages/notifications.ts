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
  'notices.settings': {
    en: 'Notification settings',
    th: 'ตั้งค่าการแจ้งเตือน',
    es: 'Ajustes de notificaciones',
    ja: 'お知らせの設定',
  },
  'notices.saved': {
    en: 'Your choice is saved.',
    th: 'บันทึกตัวเลือกของคุณแล้ว',
    es: 'Tu elección quedó guardada.',
    ja: '設定を保存しました。',
  },
  'notices.by.inbox': { en: 'On this site', th: 'บนเว็บไซต์นี้', es: 'En este sitio', ja: 'このサイト' },
  'notices.by.email': { en: 'By mail', th: 'ทางอีเมล', es: 'Por correo', ja: 'メール' },
  'notices.by.sms': { en: 'By SMS', th: 'ทาง SMS', es: 'Por SMS', ja: 'SMS' },
  'notices.topic.orders': {
    en: 'Purchases and sales',
    th: 'การซื้อและการขาย',
    es: 'Compras y ventas',
    ja: '購入と販売',
  },
  'notices.topicHint.orders': {
    en: 'How they go on: sent, delivered, completed. Confirmations, refunds, returns and disputes always come.',
    th: 'ความคืบหน้า เช่น ส่งแล้ว ถึงแล้ว เสร็จสิ้น ส่วนการยืนยัน การคืนเงิน การคืนสินค้า และข้อพิพาทจะแจ้งเสมอ',
    es: 'Cómo avanzan: enviado, entregado, completado. Las confirmaciones, los reembolsos, las devoluciones y las disputas siempre llegan.',
    ja: '発送・到着・完了などの進み具合です。確認、返金、返品、紛争のお知らせは必ず届きます。',
  },
  'notices.topic.payments': {
    en: 'Money and plans',
    th: 'เงินและแพ็กเกจ',
    es: 'Dinero y planes',
    ja: 'お金とプラン',
  },
  'notices.topicHint.payments': {
    en: 'Earnings that become yours, payouts that were sent, plans that begin. What fails, is due or was charged always comes.',
    th: 'รายได้ที่เป็นของคุณ เงินที่โอนออกแล้ว และแพ็กเกจที่เริ่มใช้ ส่วนรายการที่ไม่สำเร็จ ครบกำหนด หรือถูกเรียกเก็บจะแจ้งเสมอ',
    es: 'Ganancias que pasan a ser tuyas, pagos enviados, planes que empiezan. Lo que falla, vence o se cobró siempre llega.',
    ja: '売上の確定、送金の完了、プランの開始です。失敗、期限、請求のお知らせは必ず届きます。',
  },
  'notices.topic.offers': { en: 'Price offers', th: 'ข้อเสนอราคา', es: 'Ofertas de precio', ja: '価格の提案' },
  'notices.topicHint.offers': {
    en: 'What the other side proposes, accepts or declines.',
    th: 'สิ่งที่อีกฝ่ายเสนอ ตอบรับ หรือปฏิเสธ',
    es: 'Lo que la otra parte propone, acepta o rechaza.',
    ja: '相手からの提案、承諾、辞退です。',
  },
  'notices.topic.reviews': { en: 'Reviews', th: 'รีวิว', es: 'Reseñas', ja: 'レビュー' },
  'notices.topicHint.reviews': {
    en: 'Reviews of what you sell, and answers to yours.',
    th: 'รีวิวสินค้าที่คุณขาย และคำตอบต่อรีวิวของคุณ',
    es: 'Reseñas de lo que vendes y respuestas a las tuyas.',
    ja: 'あなたの商品へのレビューと、あなたのレビューへの返信です。',
  },
  'notices.always': {
    en: 'What concerns the safety of your account is always told.',
    th: 'เรื่องความปลอดภัยของบัญชีจะแจ้งเสมอ',
    es: 'Lo que toca a la seguridad de tu cuenta siempre se avisa.',
    ja: 'アカウントの安全に関わることは必ずお知らせします。',
  },
  'notices.searchesHint': {
    en: 'Each saved search says by itself what it tells you of, and whether by mail.',
    th: 'การค้นหาที่บันทึกไว้แต่ละรายการกำหนดเองว่าจะแจ้งอะไร และแจ้งทางอีเมลหรือไม่',
    es: 'Cada búsqueda guardada decide por sí misma de qué te avisa y si es por correo.',
    ja: '保存した検索ごとに、何をお知らせするか、メールを送るかを選べます。',
  },
  'notices.searchesLink': {
    en: 'See your saved searches',
    th: 'ดูการค้นหาที่บันทึกไว้',
    es: 'Ver tus búsquedas guardadas',
    ja: '保存した検索を見る',
  },
} as const satisfies Table;
