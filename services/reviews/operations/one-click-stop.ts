import type { Handler } from '@plaza/kernel';
import type { RawRoute } from '@plaza/runtime';
import { reviewsContract } from '../contract.ts';

/**
 * Where mail programs send "unsubscribe" (RFC 8058): a POST of a form, by nobody who is signed in, to the address that stands
 * in the mail's header.
 */
export function oneClickStop(stop: Handler<(typeof reviewsContract)['stopReviewQuestions']>): RawRoute {
  return {
    path: '/unsubscribe/reviews/:mailKey',
    methods: ['POST'],
    async handle(request, context) {
      const mailKey = new URL(request.url).pathname.split('/').at(-1);
      const input = reviewsContract.stopReviewQuestions.input.safeParse({ mailKey });
      if (!input.success) return new Response('This link is not whole.', { status: 404 });
      await stop({ input: input.data, context });
      return new Response('', { status: 200 });
    },
  };
}
