import type { DemoReviews } from './types.ts';

export const bazaarReviews: DemoReviews = {
  'baan-din': [
    { of: 'yogumo-blend', stars: 5, text: 'หอมมาก คั่วเข้มแต่ไม่ขมไหม้ ชงใส่แก้วที่ร้านแล้วลูกค้าถามทุกคน' },
    { of: 'slatted-oak-chair', stars: 4, text: 'เก้าอี้แข็งแรง นั่งสบาย มีรอยเล็กน้อยตามที่บอกไว้' },
    { of: 'heavy-cotton-tee', stars: 5, text: 'ผ้าหนา ใส่ปั้นดินทุกวัน ซักแล้วไม่ย้วย' },
    { of: 'terrazzo-patterns', stars: 4 },
  ],
  'kissa-kumo': [
    {
      of: 'kaew-lai-kluen',
      stars: 5,
      text: '手にすっぽり収まる形で、コーヒーが冷めにくいです。お店でも使っています。',
    },
    { of: 'jaan-pikul', stars: 5, text: '絵付けがとても繊細。梱包もていねいでした。' },
    {
      of: 'brass-table-lamp',
      stars: 4,
      text: '落ち着いた光で雰囲気が出ます。プラグは変換アダプターが必要でした。',
      reply: 'Thank you! We will gladly fit a Japanese plug next time; just add a note to your order.',
    },
    { of: 'over-ear-anc', stars: 4, text: 'ノイズキャンセリングは十分。音は少し低音寄りです。' },
  ],
  'second-signal': [
    {
      of: 'brass-table-lamp',
      stars: 5,
      text: 'Even nicer than in the pictures. Rewired properly, with a grounded plug. You can tell somebody cares.',
    },
    { of: 'kaew-lai-kluen', stars: 5 },
    {
      of: 'roll-top-day-pack',
      stars: 4,
      text: 'Rain stays out, laptop stays dry. The buckle takes a day to get used to.',
    },
    { of: 'freelance-paperwork-kit', stars: 5, text: 'The reminder letter alone has paid for it twice.' },
  ],
  'field-and-frame': [
    {
      of: 'slatted-oak-chair',
      stars: 5,
      text: 'Solid, quiet, and the joints are as tight as new. We bought one and came back for more.',
    },
    { of: 'yogumo-blend', stars: 5, text: 'Dark without being burnt. Tastes like the good end of a long walk.' },
    {
      of: 'true-wireless-earbuds',
      stars: 2,
      text: 'The left one loses its connection whenever the phone is in my back pocket.',
      reply:
        'That is not how they should behave. A replacement is on its way, and there is no need to send yours back.',
    },
    { of: 'calming-face-oil', stars: 4 },
  ],
  'quiet-desk': [
    {
      of: 'kaew-lai-kluen',
      stars: 4,
      text: 'A beautiful mug. The glaze on mine is a shade darker than in the photo, which I have come to like.',
    },
    { of: 'brass-table-lamp', stars: 5 },
    {
      of: 'three-person-tent',
      stars: 5,
      text: 'Up in six minutes, as they say. Kept us dry through a whole night of Welsh rain.',
    },
    { of: 'heavy-cotton-tee', stars: 4, text: 'Thick and well cut. Shrinks a little in the first wash.' },
    { of: 'over-ear-anc', stars: 5, text: 'The café below me no longer exists. Ear pads are really new.' },
    { of: 'yogumo-blend', stars: 4, text: 'Wonderful in milk, a bit strong for me without.' },
  ],
};
