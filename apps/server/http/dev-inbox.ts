import type { DevInbox, InboxMessage } from '@plaza/runtime';
import type { FastifyInstance } from 'fastify';

/** The page that shows mail and SMS of a machine without providers. Only mounted in the demo. */
export function registerDevInbox(server: FastifyInstance, inbox: DevInbox): void {
  server.get('/dev/inbox', async (_request, reply) => {
    const messages = await inbox.list();
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(page(messages));
  });
  server.get('/dev/inbox.json', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ items: await inbox.list() }),
  );
}

function page(messages: readonly InboxMessage[]): string {
  const items = messages.map(
    (message) => `<article>
<h2>${escapeHtml(message.subject)}</h2>
<p class="meta">${message.kind === 'sms' ? 'SMS' : 'Mail'} to <b>${escapeHtml(message.to)}</b> · ${escapeHtml(message.marketplaceId)} · <time>${escapeHtml(message.time)}</time></p>
<div class="text">${linkify(escapeHtml(message.text))}</div>
</article>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Inbox of this machine</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui;max-width:44rem;margin:2rem auto;padding:0 1rem}article{border:1px solid #8886;border-radius:12px;padding:1rem;margin:1rem 0}h1{font-size:1.5rem}h2{font-size:1.1rem;margin:0}.meta{opacity:.75;font-size:.9rem;margin:.25rem 0 .75rem}.text{white-space:pre-wrap;overflow-wrap:anywhere}</style></head>
<body><main><h1>Inbox of this machine</h1><p>No mail or SMS provider is configured, so messages wait here. Set <code>SMTP_URL</code> to send them.</p>
${items.length === 0 ? '<p>Nothing yet.</p>' : items.join('\n')}</main></body></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function linkify(escaped: string): string {
  return escaped.replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`);
}
