import { orNotFound, visitorApi } from '../../../../../../../lib/api.ts';
import { paths } from '../../../../../../../lib/paths.ts';
import { currentMember } from '../../../../../../../lib/session.ts';

type Context = { readonly params: Promise<{ lang: string; invoiceId: string }> };

/** Makes an invoice a PDF and sends its payer on to it. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { lang, invoiceId } = await params;
  const goTo = (location: string) => new Response(null, { status: 303, headers: { location } });
  if ((await currentMember()) === undefined) return goTo(paths.signIn(lang, paths.studioPlanInvoice(lang, invoiceId)));
  const client = await visitorApi(lang);
  const { url } = await orNotFound(client.subscriptions.exportSubscriptionInvoice({ invoiceId }));
  return goTo(url);
}
