import type { DemoReviews } from './types.ts';

export const jaikodReviews: DemoReviews = {
  'mobile-mbk': [
    { of: 'tote-canvas', stars: 5, text: 'ผ้าหนาดี เย็บแน่น ใส่โน้ตบุ๊กกับที่ชาร์จได้สบาย ส่งไวมาก' },
    { of: 'cards-rare', stars: 5, text: 'มุมคมจริง ห่อมาดีมาก คนขายใจดีแถมซองให้ด้วย' },
    { of: 'fan-16', stars: 4, text: 'ลมแรงตามบอก มีรอยนิดหน่อยแต่แจ้งไว้ก่อนแล้ว' },
  ],
  'baan-mai-sak': [
    { of: 'tote-canvas', stars: 5 },
    { of: 'pot-24', stars: 4, text: 'สภาพดีเกือบใหม่ ใช้กับเตาแม่เหล็กได้จริง' },
  ],
  'garage-thonburi': [
    { of: 'plant-pot', stars: 5, text: 'ต้นแข็งแรง ดินไม่หกเลย ห่อมาอย่างดี เอาไว้หน้าอู่สวยเชียว' },
    { of: 'rian-ngoen', stars: 5, text: 'สวยตรงรูป เลี่ยมมาเรียบร้อย คุยง่าย นัดรับตรงเวลา' },
    {
      of: 'fan-16',
      stars: 3,
      text: 'ใช้ได้ปกติ แต่ส่ายแล้วมีเสียงนิดหนึ่ง',
      reply: 'ขอโทษด้วยนะคะ ถ้าหยอดน้ำมันแล้วไม่หาย ทักมาได้เลย เดี๋ยวเปลี่ยนตัวให้ค่ะ',
    },
  ],
  'phra-dee': [
    {
      of: 'tote-canvas',
      stars: 4,
      text: 'งานดี ราคาน่ารัก สีจริงอ่อนกว่าในรูปเล็กน้อย',
      reply: 'ขอบคุณมากค่ะ เดี๋ยวถ่ายรูปใหม่กลางแจ้งให้สีตรงขึ้นนะคะ',
    },
    { of: 'plant-pot', stars: 4, text: 'ต้นไม้สวย แต่กระถางเล็กกว่าที่คิด' },
  ],
  'game-corner': [
    { of: 'plant-pot', stars: 5 },
    { of: 'tote-canvas', stars: 5, text: 'ซื้อให้แฟน ชอบมาก ซักเครื่องแล้วไม่เสียทรง' },
    { of: 'pot-24', stars: 5, text: 'ต้มมาม่าหม้อใหญ่ตอนสตรีมได้พอดี ส่งเร็ว แพ็กแน่น' },
  ],
  'mae-lek-outdoor': [
    {
      of: 'cards-rare',
      stars: 4,
      text: 'ลูกชายดีใจมาก ของตรงปก ส่งช้าไปหนึ่งวัน',
      reply: 'ขอบคุณครับ ขอโทษที่ส่งช้า ติดวันหยุดพอดีครับ',
    },
    { of: 'plant-pot', stars: 5, text: 'เลี้ยงง่ายจริง แตกหน่อใหม่แล้วด้วย' },
    { of: 'rian-ngoen', stars: 4 },
  ],
};
