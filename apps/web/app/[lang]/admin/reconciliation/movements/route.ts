import { visitorApi } from '../../../../../lib/api.ts';
import { isDay } from '../../../../../lib/period.ts';
import { requireOperator } from '../../../../../lib/studio.ts';

type Context = { readonly params: Promise<{ lang: string }> };

/** What the books say of a day and provider, as a file. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { lang } = await params;
  await requireOperator('admin');
  const { searchParams } = new URL(request.url);
  const [provider, day] = [searchParams.get('provider') ?? '', searchParams.get('day') ?? ''];
  if (!isDay(day)) return new Response(null, { status: 404 });
  const { csv } = await (await visitorApi(lang)).payments.exportMovements({ provider, day });
  return new Response(csv, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="movements-${day}.csv"`,
      'cache-control': 'no-store',
    },
  });
}
