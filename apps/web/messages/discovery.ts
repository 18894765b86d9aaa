import type { Table } from './table.ts';

/** What is remembered of visitors, suggestions, trends, and what operators read of searches. */
export const discovery = {
  'privacy.title': {
    en: 'Privacy and suggestions',
    th: 'ความเป็นส่วนตัวและคำแนะนำ',
    es: 'Privacidad y sugerencias',
    ja: 'プライバシーとおすすめ',
  },
  'privacy.ask': {
    en: 'May we remember what you look at here, to suggest what fits? Nothing is shared with others, and you can change this at any time.',
    th: 'ขอให้เราจำสิ่งที่คุณดูที่นี่เพื่อแนะนำสิ่งที่ตรงใจได้ไหม เราไม่แบ่งปันข้อมูลให้ใคร และคุณเปลี่ยนใจได้ทุกเมื่อ',
    es: '¿Podemos recordar lo que ves aquí para sugerirte lo que te va? No lo compartimos con nadie y puedes cambiarlo cuando quieras.',
    ja: 'ここでご覧になったものを記憶し、おすすめに使ってもよいですか？第三者には渡しません。いつでも変更できます。',
  },
  'privacy.allow': { en: 'Yes, remember', th: 'ได้ จำไว้', es: 'Sí, recordar', ja: 'はい、記憶する' },
  'privacy.refuse': { en: 'No', th: 'ไม่', es: 'No', ja: 'いいえ' },
  'privacy.state.unset': {
    en: 'You have not chosen yet',
    th: 'คุณยังไม่ได้เลือก',
    es: 'Aún no has elegido',
    ja: 'まだ選択していません',
  },
  'privacy.state.allowed': {
    en: 'What you look at is remembered for suggestions',
    th: 'เราจำสิ่งที่คุณดูไว้เพื่อแนะนำ',
    es: 'Recordamos lo que ves para sugerirte cosas',
    ja: '閲覧内容をおすすめのために記憶しています',
  },
  'privacy.state.refused': {
    en: 'What you look at is not remembered',
    th: 'เราไม่จำสิ่งที่คุณดู',
    es: 'No recordamos lo que ves',
    ja: '閲覧内容は記憶していません',
  },
  'privacy.explained': {
    en: 'With your consent we keep what you view, search for and put into the cart for {days} days. It decides what is suggested to you and, without your name, what is popular.',
    th: 'เมื่อคุณยินยอม เราจะเก็บสิ่งที่คุณดู ค้นหา และใส่ตะกร้าไว้ {days} วัน เพื่อเลือกสิ่งที่จะแนะนำให้คุณ และเพื่อดูว่าอะไรกำลังนิยมโดยไม่ระบุชื่อคุณ',
    es: 'Con tu consentimiento guardamos durante {days} días lo que ves, buscas y pones en el carrito. Así decidimos qué sugerirte y, sin tu nombre, qué es popular.',
    ja: '同意いただいた場合、閲覧・検索・カートの内容を{days}日間保存します。おすすめの選択と、お名前を伏せた人気の集計に使います。',
  },
  'privacy.signal': {
    en: 'Your browser asks sites not to follow you, so nothing is remembered from it, whatever is chosen here.',
    th: 'เบราว์เซอร์ของคุณขอไม่ให้เว็บไซต์ติดตาม เราจึงไม่จำอะไรจากเบราว์เซอร์นี้ ไม่ว่าจะเลือกอย่างไร',
    es: 'Tu navegador pide que no te sigan, así que no recordamos nada de él, elijas lo que elijas.',
    ja: 'お使いのブラウザーは追跡拒否を通知しているため、ここでの選択にかかわらず何も記憶しません。',
  },
  'privacy.erase': {
    en: 'Erase what is remembered',
    th: 'ลบสิ่งที่จำไว้',
    es: 'Borrar lo recordado',
    ja: '記憶した内容を消去する',
  },
  'privacy.eraseHint': {
    en: 'Everything we remember of what you looked at, searched for and bought, as far as suggestions go. Your orders stay.',
    th: 'ทุกอย่างที่เราจำไว้เพื่อการแนะนำ ทั้งสิ่งที่คุณดู ค้นหา และซื้อ ส่วนคำสั่งซื้อของคุณยังอยู่',
    es: 'Todo lo que recordamos para las sugerencias: lo que viste, buscaste y compraste. Tus pedidos se conservan.',
    ja: 'おすすめのために記憶した閲覧・検索・購入の履歴をすべて消去します。注文は残ります。',
  },
  'privacy.erased': {
    en: 'Erased: {count}',
    th: 'ลบแล้ว {count} รายการ',
    es: 'Borrado: {count}',
    ja: '{count}件を消去しました',
  },
  'feed.forYou': { en: 'For you', th: 'สำหรับคุณ', es: 'Para ti', ja: 'あなたへのおすすめ' },
  'feed.popularNow': { en: 'Popular now', th: 'กำลังนิยม', es: 'Popular ahora', ja: 'いま人気' },
  'feed.because': {
    en: 'Because you looked at “{title}”',
    th: 'เพราะคุณดู “{title}”',
    es: 'Porque viste «{title}»',
    ja: '「{title}」をご覧になったため',
  },
  'feed.related': {
    en: 'Goes with what you looked at',
    th: 'เข้ากับสิ่งที่คุณดู',
    es: 'Va con lo que viste',
    ja: 'ご覧になったものと関連',
  },
  'feed.store': {
    en: 'From a store you chose before',
    th: 'จากร้านที่คุณเคยเลือก',
    es: 'De una tienda que ya elegiste',
    ja: '以前選ばれたストアから',
  },
  'feed.nearby': {
    en: 'Near what you looked at',
    th: 'อยู่ใกล้สิ่งที่คุณดู',
    es: 'Cerca de lo que viste',
    ja: 'ご覧になったものの近く',
  },
  'feed.popular': { en: 'Popular now', th: 'กำลังนิยม', es: 'Popular ahora', ja: 'いま人気' },
  'feed.fresh': { en: 'New here', th: 'มาใหม่', es: 'Recién llegado', ja: '新着' },
  'feed.dismiss': { en: 'Not for me', th: 'ไม่สนใจ', es: 'No me interesa', ja: '興味なし' },
  'feed.boughtTogether': {
    en: 'Bought together',
    th: 'มักซื้อด้วยกัน',
    es: 'Se compran juntos',
    ja: '一緒に購入されています',
  },
  'feed.set': { en: 'Complete the set', th: 'เติมให้ครบชุด', es: 'Completa el conjunto', ja: 'セットをそろえる' },
  'feed.recentlyViewed': {
    en: 'You looked at these',
    th: 'คุณดูไปเมื่อเร็ว ๆ นี้',
    es: 'Vistos recientemente',
    ja: '最近ご覧になったもの',
  },
} satisfies Table;
