import { type Locale, localize } from '@plaza/kernel';
import type { Platform } from '@plaza/runtime';
import { callLocale } from './call-locale.ts';
import { NO_ADDRESS } from './join.ts';
import { codeText, letterOf } from './letters.ts';

/** How a marketplace speaks to who signs in: by its own name, in the language of the call. */
export type Voice = {
  readonly locale: () => Locale;
  readonly name: () => string;
  /**
   * Nobody waits for the mail provider: a slow one would hold up signing up, and how long an answer takes would tell
   * who has an account. Who gets no letter asks for another.
   */
  sendLetter(kind: 'verify' | 'reset', to: { readonly name: string; readonly email: string }, token: string): void;
  sendCode(phone: string, code: string): Promise<void>;
};

export function createVoice(platform: Platform, marketplaceId: string): Voice {
  const { marketplaces, mail, sms, log } = platform;
  const locale = (): Locale => {
    const { locales } = marketplaces.get(marketplaceId);
    return locales.find((each) => each === callLocale()) ?? (locales[0] as Locale);
  };
  const name = () => localize(marketplaces.get(marketplaceId).name, locale());
  return {
    locale,
    name,
    sendLetter(kind, to, token) {
      if (NO_ADDRESS.test(to.email)) return;
      const page = kind === 'verify' ? 'verify-email' : 'reset-password';
      const link = `${platform.publicUrl(marketplaceId)}/${locale()}/${page}?token=${encodeURIComponent(token)}`;
      const letter = letterOf(kind, locale(), { marketplace: name(), name: to.name, link });
      mail.send({ marketplaceId, to: to.email, ...letter }).catch((error: { code?: string }) => {
        // The code alone: a mail provider's words quote the address.
        log.warn({ kind, code: error.code ?? 'unknown' }, 'a letter could not be sent');
      });
    },
    async sendCode(phone, code) {
      await sms.send({ marketplaceId, to: phone, text: codeText(locale(), name(), code) });
    },
  };
}
