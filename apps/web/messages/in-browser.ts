import type { Row, Table } from './table.ts';

/** What pages say in the browser by themselves: a table of its own, which takes the other texts not along. */
export const inBrowser = {
  'error.CONNECTION': {
    en: 'No answer came. What you entered is still here: check your connection and send it again.',
    th: 'ไม่ได้รับคำตอบ ข้อมูลที่กรอกยังอยู่ครบ โปรดตรวจการเชื่อมต่อแล้วส่งอีกครั้ง',
    es: 'No llegó respuesta. Lo que escribiste sigue aquí: revisa tu conexión y envíalo de nuevo.',
    ja: '応答がありませんでした。入力内容は残っています。接続を確認して、もう一度送信してください。',
  },
  'error.UNREACHABLE': {
    en: 'The marketplace does not answer. Try again soon.',
    th: 'ระบบไม่ตอบสนอง ลองใหม่อีกสักครู่',
    es: 'El mercado no responde. Inténtalo pronto.',
    ja: '応答がありません。しばらくしてお試しください。',
  },
  'page.broken': {
    en: 'Something went wrong on our side',
    th: 'เกิดข้อผิดพลาดในระบบ',
    es: 'Algo salió mal de nuestro lado',
    ja: 'こちら側で問題が起きました',
  },
  'page.again': { en: 'Try again', th: 'ลองใหม่', es: 'Intentar de nuevo', ja: 'もう一度' },
} as const satisfies Table;

export function saidInBrowser(lang: string, key: keyof typeof inBrowser): string {
  const row: Row = inBrowser[key];
  return row[lang as keyof Row] ?? row.en;
}
