import { visitorApi } from '../../../../../lib/api.ts';
import { getMarketplace } from '../../../../../lib/marketplace.ts';
import { paths } from '../../../../../lib/paths.ts';
import { monthOf } from '../../../../../lib/period.ts';
import { currentMember } from '../../../../../lib/session.ts';
import { myStore } from '../../../../../lib/studio.ts';

type Context = { readonly params: Promise<{ lang: string }> };

/** Makes a month of the store's documents a file and sends the seller on to it. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { lang } = await params;
  const goTo = (location: string) => new Response(null, { status: 303, headers: { location } });
  if ((await currentMember()) === undefined) return goTo(paths.signIn(lang, paths.studioDocuments(lang)));
  const store = await myStore();
  if (store === undefined) return goTo(paths.studio(lang));
  const [{ timeZone }, client] = [await getMarketplace(lang), await visitorApi(lang)];
  const month = monthOf(new URL(request.url).searchParams.get('month'), timeZone, new Date());
  return goTo((await client.orders.exportStoreDocuments({ storeId: store.id, month })).url);
}
