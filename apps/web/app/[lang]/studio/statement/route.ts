import { StatementFormat } from '@plaza/payments/contract';
import { visitorApi } from '../../../../lib/api.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { paths } from '../../../../lib/paths.ts';
import { periodOf, timesOf } from '../../../../lib/period.ts';
import { currentMember } from '../../../../lib/session.ts';
import { myStore } from '../../../../lib/studio.ts';

type Context = { readonly params: Promise<{ lang: string }> };

/** Makes a period of the store's balance a file and sends the seller on to it. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { lang } = await params;
  const goTo = (location: string) => new Response(null, { status: 303, headers: { location } });
  if ((await currentMember()) === undefined) return goTo(paths.signIn(lang, paths.studioBalance(lang)));
  const store = await myStore();
  if (store === undefined) return goTo(paths.studio(lang));
  const { searchParams } = new URL(request.url);
  const [{ currency, timeZone }, client] = [await getMarketplace(lang), await visitorApi(lang)];
  const asked = { from: searchParams.get('from') ?? '', to: searchParams.get('to') ?? '' };
  const { url } = await client.payments.exportStatement({
    storeId: store.id,
    currency,
    ...timesOf(periodOf(asked, timeZone, new Date()), timeZone),
    format: StatementFormat.catch('csv').parse(searchParams.get('format')),
  });
  return goTo(url);
}
