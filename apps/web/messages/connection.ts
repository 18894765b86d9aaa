import type { Table } from './table.ts';

/** What forms say in the browser by themselves: a table of its own, so that it takes the other texts not along. */
export const connection = {
  'error.CONNECTION': {
    en: 'No answer came. What you entered is still here: check your connection and send it again.',
    th: 'ไม่ได้รับคำตอบ ข้อมูลที่กรอกยังอยู่ครบ โปรดตรวจการเชื่อมต่อแล้วส่งอีกครั้ง',
    es: 'No llegó respuesta. Lo que escribiste sigue aquí: revisa tu conexión y envíalo de nuevo.',
    ja: '応答がありませんでした。入力内容は残っています。接続を確認して、もう一度送信してください。',
  },
} as const satisfies Table;
