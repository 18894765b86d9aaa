import type { Handler } from '@plaza/kernel';
import type { RawRoute } from '@plaza/runtime';
import { discoveryContract } from '../contract.ts';

/**
 * Where mail programs send "unsubscribe" (RFC 8058): a POST of a form, by nobody who is signed in, to the address that stands
 * in the mail's header. `search` names one saved search; without it all of the member's mails end.
 */
export function oneClickStop(stop: Handler<(typeof discoveryContract)['stopSearchAlerts']>): RawRoute {
  return {
    path: '/unsubscribe/saved-searches/:mailKey',
    methods: ['POST'],
    async handle(request, context) {
      const { pathname, searchParams } = new URL(request.url);
      const search = searchParams.get('search');
      const input = discoveryContract.stopSearchAlerts.input.safeParse({
        mailKey: pathname.split('/').at(-1),
        ...(search === null ? {} : { savedSearchId: search }),
      });
      if (!input.success) return new Response('This link is not whole.', { status: 404 });
      await stop({ input: input.data, context });
      return new Response('', { status: 200 });
    },
  };
}
