/**
 * The locale whose habits numbers follow. Spanish is that of Mexico here, which writes $1,234.50; Spain's, which it is for
 * the runtime (1234,50 $), writes euros.
 */
export function numberLocale(locale: string, currency?: string): string {
  return locale.startsWith('es') && currency !== 'EUR' ? 'es-MX' : locale;
}
