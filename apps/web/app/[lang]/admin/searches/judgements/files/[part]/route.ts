import { visitorApi } from '../../../../../../../lib/api.ts';
import { requireOperator } from '../../../../../../../lib/studio.ts';

type Context = { readonly params: Promise<{ lang: string; part: string }> };

const PARTS = ['listings', 'queries', 'grades'] as const;

/** A file of the judged set, as it is read page by page. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { lang, part: named } = await params;
  await requireOperator('admin');
  const part = PARTS.find((each) => each === named);
  if (part === undefined) return new Response(null, { status: 404 });
  const client = await visitorApi(lang);
  let cursor: string | null | undefined;
  const pages = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const page = await client.search.exportJudgements({ part, ...(cursor == null ? {} : { cursor }) });
      controller.enqueue(new TextEncoder().encode(page.csv));
      cursor = page.nextCursor;
      if (cursor === null) controller.close();
    },
  });
  return new Response(pages, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${part}.csv"`,
      'cache-control': 'no-store',
    },
  });
}
