import { PlazaError } from '@plaza/sdk';
import { visitorApi } from '../../../../../../../lib/api.ts';
import { paths } from '../../../../../../../lib/paths.ts';

type Context = { readonly params: Promise<{ lang: string; batchId: string }> };

/** The bank file of a batch, kept by no cache. Who has not confirmed that it is them does so first, and comes back. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { lang, batchId } = await params;
  const goTo = (location: string) => new Response(null, { status: 303, headers: { location } });
  const back = paths.adminPayoutBatch(lang, batchId);
  try {
    const client = await visitorApi(lang);
    const { filename, content } = await client.payments.getPayoutBatchFile({ batchId });
    return new Response(content, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${filename}"`,
        'cache-control': 'no-store',
      },
    });
  } catch (error) {
    if (!(error instanceof PlazaError)) throw error;
    if (error.code === 'CONFIRMATION_REQUIRED') return goTo(paths.confirm(lang, back));
    if (error.code === 'UNAUTHENTICATED') return goTo(paths.signIn(lang, back));
    return goTo(paths.adminPayouts(lang));
  }
}
