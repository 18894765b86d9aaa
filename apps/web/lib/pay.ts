import 'server-only';
import type { api } from './api.ts';
import { text } from './form.ts';
import { getMarketplace } from './marketplace.ts';
import { origin } from './seo.ts';

type Client = Awaited<ReturnType<typeof api>>;

/**
 * The way to pay that a form chose, with its card sealed; undefined where there is nothing to choose. Other ways than
 * cards have no token: the buyer approves them on the provider's page.
 */
export async function chosenPayment(
  lang: string,
  client: Client,
  form: FormData,
): Promise<{ methodId: string; token?: string } | undefined> {
  const methodId = text(form, 'methodId');
  if (methodId === undefined) return undefined;
  const method = (await getMarketplace(lang)).paymentMethods.find(({ id }) => id === methodId);
  // A provider's own form has sealed the card already.
  const isCardTyped = method?.kind === 'card' && form.has('number');
  const token =
    text(form, 'token') ?? text(form, 'savedMethodId') ?? (isCardTyped ? await cardToken(client, form) : undefined);
  return { methodId, ...(token === undefined ? {} : { token }) };
}

/** Our own pages are gone to by path, in the reader's language; another site's address stays as it is. */
export async function inOwnLanguage(lang: string, address: string): Promise<string> {
  const url = URL.parse(address);
  if (url === null || url.origin !== (await origin())) return address;
  const path = `${url.pathname}${url.search}`;
  return path.startsWith(`/${lang}/`) ? path : `/${lang}${path}`;
}

/** Seals a card that was typed into our own form. Its number goes straight into the token and is never kept or shown again. */
export async function cardToken(client: Client, form: FormData): Promise<string> {
  const [month, year = ''] = (text(form, 'expiry') ?? '').split('/').map((part) => part.trim());
  const sealed = await client.payments.createPaymentMethod({
    kind: 'card',
    number: text(form, 'number') ?? '',
    expiryMonth: Number(month),
    expiryYear: Number(year.length === 2 ? `20${year}` : year),
    securityCode: text(form, 'securityCode') ?? '',
  });
  return sealed.token;
}
