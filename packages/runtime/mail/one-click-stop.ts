import type { Context } from '@plaza/kernel';
import type { z } from 'zod';
import type { RawRoute } from '../service.ts';

/**
 * Where mail programs send "unsubscribe" (RFC 8058): a POST of a form, by nobody who is signed in, to the address that stands
 * in the mail's header. It ends with the `mailKey` that the operation takes; `more` reads what else it says.
 */
export function oneClickStop<Input extends z.ZodType>(
  path: `/unsubscribe/${string}/:mailKey`,
  { input: schema }: { readonly input: Input },
  stop: (call: { readonly input: z.output<Input>; readonly context: Context }) => Promise<unknown>,
  more: (search: URLSearchParams) => object = () => ({}),
): RawRoute {
  return {
    path,
    methods: ['POST'],
    async handle(request, context) {
      const { pathname, searchParams } = new URL(request.url);
      const input = schema.safeParse({ mailKey: pathname.split('/').at(-1), ...more(searchParams) });
      if (!input.success) return new Response('This link is not whole.', { status: 404 });
      await stop({ input: input.data, context });
      return new Response('', { status: 200 });
    },
  };
}
