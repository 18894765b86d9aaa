import { visitorApi } from '../../../../../lib/api.ts';
import { getMarketplace } from '../../../../../lib/marketplace.ts';
import { monthOf } from '../../../../../lib/period.ts';
import { requireOperator } from '../../../../../lib/studio.ts';

type Context = { readonly params: Promise<{ lang: string }> };

/** Makes a month of the marketplace's own documents a file and sends the operator on to it. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { lang } = await params;
  await requireOperator('admin');
  const [{ timeZone }, client] = [await getMarketplace(lang), await visitorApi(lang)];
  const month = monthOf(new URL(request.url).searchParams.get('month'), timeZone, new Date());
  const { url } = await client.orders.exportPlatformDocuments({ month });
  return new Response(null, { status: 303, headers: { location: url } });
}
