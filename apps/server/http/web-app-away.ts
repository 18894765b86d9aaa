import { Locale, localize } from '@plaza/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { localeOf } from './caller.ts';

const SECONDS = 2;
const TITLE = {
  en: 'Just a moment',
  th: 'รอสักครู่',
  es: 'Un momento',
  ja: '少々お待ちください',
};
const TEXT = {
  en: 'This page is being opened. It comes by itself in a few seconds.',
  th: 'กำลังเปิดหน้านี้ จะแสดงขึ้นเองภายในไม่กี่วินาที',
  es: 'Esta página se está abriendo. Aparecerá sola en unos segundos.',
  ja: 'ページを開いています。数秒で自動的に表示されます。',
};

/** The answer while the web app is not there, because it starts or is started again: a page that asks once more by itself. */
export function sendWebAppAway(request: Pick<FastifyRequest, 'headers' | 'method'>, reply: FastifyReply): FastifyReply {
  reply.code(503).header('retry-after', String(SECONDS)).header('cache-control', 'no-store');
  if (!request.headers.accept?.includes('text/html')) return reply.type('text/plain').send(TEXT.en);
  const locale = Locale.catch('en').parse(localeOf(request, 'en'));
  return reply.type('text/html; charset=utf-8').send(`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
${request.method === 'GET' ? `<meta http-equiv="refresh" content="${SECONDS}">` : ''}
<title>${localize(TITLE, locale)}</title>
</head>
<body style="font: 1.1rem system-ui; display: grid; place-content: center; min-height: 90vh; text-align: center; padding: 1rem">
<main><h1>${localize(TITLE, locale)}</h1><p>${localize(TEXT, locale)}</p></main>
</body>
</html>
`);
}
