/** Languages by their own names, as a switcher shows them. */
export const LANGUAGE_NAMES: Readonly<Record<string, string>> = {
  en: 'English',
  th: 'ไทย',
  es: 'Español',
  ja: '日本語',
};
