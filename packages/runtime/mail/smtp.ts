import type { Mail } from './mail.ts';

/** As many connections as a small mail provider takes. */
const TOGETHER_MAX = 5;

/** Sends through an SMTP server: `smtp://user:password@host:587`. `from` is the envelope and header sender. */
export function createSmtpMail(url: string, from: string): Mail {
  // Loaded with the first letter: most machines that start have none to send for a while.
  const connect = async () => (await import('nodemailer')).createTransport(url);
  let transport: ReturnType<typeof connect> | undefined;
  return {
    togetherMax: TOGETHER_MAX,
    async send({ to, subject, text, html, unsubscribeUrl: url }) {
      const headers = { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
      transport ??= connect();
      await (await transport).sendMail({
        from,
        to,
        subject,
        text,
        ...(html === undefined ? {} : { html }),
        ...(url === undefined ? {} : { headers }),
      });
    },
  };
}
