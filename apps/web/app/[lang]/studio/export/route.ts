import { ExportFormat } from '@plaza/catalog/contract';
import { visitorApi } from '../../../../lib/api.ts';
import { paths } from '../../../../lib/paths.ts';
import { currentMember } from '../../../../lib/session.ts';
import { myStore } from '../../../../lib/studio.ts';

type Context = { readonly params: Promise<{ lang: string }> };

/** Makes the store's catalog a file and sends the seller on to it. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { lang } = await params;
  const goTo = (location: string) => new Response(null, { status: 303, headers: { location } });
  if ((await currentMember()) === undefined) return goTo(paths.signIn(lang, paths.studioImport(lang)));
  const store = await myStore();
  if (store === undefined) return goTo(paths.studio(lang));
  const format = ExportFormat.catch('shopify-csv').parse(new URL(request.url).searchParams.get('format'));
  const client = await visitorApi(lang);
  const { url } = await client.catalog.exportListings({ storeId: store.id, format });
  return goTo(url);
}
