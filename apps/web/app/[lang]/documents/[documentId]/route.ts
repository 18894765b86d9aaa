import { PlazaError } from '@plaza/sdk';
import { visitorApi } from '../../../../lib/api.ts';
import { paths } from '../../../../lib/paths.ts';
import { currentMember } from '../../../../lib/session.ts';

type Context = { readonly params: Promise<{ lang: string; documentId: string }> };

/** Opens a document as PDF: whoever may read it is sent on to the file; a guest who may not signs in first. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { lang, documentId } = await params;
  const goTo = (location: string) => new Response(null, { status: 303, headers: { location } });
  try {
    const client = await visitorApi(lang);
    return goTo((await client.orders.getDocumentFile({ documentId })).url);
  } catch (error) {
    if (!(error instanceof PlazaError) || (error.status !== 404 && error.status !== 422)) throw error;
    const isGuest = (await currentMember()) === undefined;
    return isGuest ? goTo(paths.signIn(lang, paths.document(lang, documentId))) : new Response(null, { status: 404 });
  }
}
