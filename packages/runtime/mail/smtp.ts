import { createTransport } from 'nodemailer';
import type { Mail } from './mail.ts';

/** As many connections as a small mail provider takes. */
const TOGETHER_MAX = 5;

/** Sends through an SMTP server: `smtp://user:password@host:587`. `from` is the envelope and header sender. */
export function createSmtpMail(url: string, from: string): Mail {
  const transport = createTransport(url);
  return {
    togetherMax: TOGETHER_MAX,
    async send({ to, subject, text, html }) {
      await transport.sendMail({ from, to, subject, text, ...(html === undefined ? {} : { html }) });
    },
  };
}
