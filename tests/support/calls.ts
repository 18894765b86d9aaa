import { type Contract, commonErrors, type Operation } from '@plaza/kernel';
import { statusOf } from '@plaza/kernel/rest';
import { SERVICES } from '../../apps/server/services.ts';
import type { Plaza } from './plaza.ts';

export type NamedOperation = { readonly service: string; readonly name: string; readonly operation: Operation };
export type RoutedOperation = NamedOperation & { readonly route: NonNullable<Operation['route']> };

const ALL: readonly NamedOperation[] = SERVICES.flatMap(({ name: service, contract }) =>
  Object.entries(contract as Contract).map(([name, operation]) => ({ service, name, operation })),
);

/** Every operation of every contract that has a route, so that no test of "each operation" forgets the newest. */
export const ROUTED: readonly RoutedOperation[] = ALL.flatMap((each) =>
  each.operation.route === undefined ? [] : [{ ...each, route: each.operation.route }],
);

/** Every operation that only services may call. */
export const INTERNAL: readonly NamedOperation[] = ALL.filter(({ operation }) => operation.route === undefined);

/** Who calls: in which marketplace, with which session or guest token. */
export type Caller = { readonly marketplace: string; readonly token?: string; readonly guestId?: string };

/** What came back, as text too, to look for what must not be in it. */
export type Answer = { readonly status: number; readonly code: string | undefined; readonly text: string };

/** Calls an operation over plain HTTP, with nothing of the SDK in between. */
export async function call(
  plaza: Plaza,
  { operation, route }: RoutedOperation,
  input: Readonly<Record<string, unknown>>,
  caller: Caller,
  idempotencyKey: string = crypto.randomUUID(),
): Promise<Answer> {
  const { expectedVersion, ...rest }: Record<string, unknown> = input;
  const path = route.path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  const url = new URL(`/api/v1${path}`, plaza.url);
  const hasBody = route.method !== 'GET' && route.method !== 'DELETE';
  if (!hasBody) {
    for (const [name, value] of Object.entries(rest))
      for (const each of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(each));
  }
  const response = await fetch(url, {
    method: route.method,
    headers: {
      'x-marketplace': caller.marketplace,
      ...(caller.token === undefined ? {} : { authorization: `Bearer ${caller.token}` }),
      ...(caller.guestId === undefined ? {} : { 'x-guest-token': caller.guestId }),
      ...(typeof expectedVersion === 'number' ? { 'if-match': `"${expectedVersion}"` } : {}),
      ...(operation.idempotent === true ? { 'idempotency-key': idempotencyKey } : {}),
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
    },
    ...(hasBody ? { body: JSON.stringify(rest) } : {}),
  });
  const text = await response.text();
  return { status: response.status, code: response.ok ? undefined : JSON.parse(text).code, text };
}

/** Whether the operation's contract speaks of such an answer. */
export function isDocumented({ operation }: NamedOperation, { status, code }: Answer): boolean {
  if (status === statusOf(operation)) return true;
  const declared = [...(operation.errors ?? []), ...Object.values(commonErrors)];
  return status < 500 && declared.some((each) => each.code === code && each.status === status);
}
