// `npm run bench:trends [-- --seconds 60 --rate 10000]`: visitors' events into a running Plaza at a steady rate, a spike among
// them, and an account that tries to make a trend alone. See README.md.
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { WINDOW_MS } from '../../services/discovery/domain/trend.ts';
import { startPlaza } from '../../tests/support/plaza.ts';
import { offer, openShop, signUp } from '../../tests/support/shop.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '10000' },
    spike: { type: 'string', default: 'on' },
  },
});
const [seconds, rate] = [Number(values.seconds), Number(values.rate)];

const MARKETPLACE = 'bazaar';
/** Events of one request, as a page sends them together. */
const EVENTS_EACH = 50;
const REQUESTS_AT_ONCE = 16;
/** So many that none of them is faster than a person. */
const VISITORS = 20_000;
const LISTINGS = 30;
const CROWD = 80;
/** Feeds asked for, each by a visitor with a history. */
const FEEDS = 300;

await using plaza = await startPlaza();
const shop = await openShop(plaza, MARKETPLACE);
const listingIds: string[] = [];
for (let made = 0; made < LISTINGS; made++) listingIds.push((await offer(plaza, MARKETPLACE, shop)).listingId);
const [wanted, pushed] = [listingIds[0] as string, listingIds[1] as string];
const visitors = Array.from({ length: VISITORS }, () => crypto.randomUUID());
const attacker = await signUp(plaza, MARKETPLACE, 'attacker');
// What was published is known to discovery a moment after its event.
await delay(1_500);

const latencies: number[] = [];
let accepted = 0;

async function send(events: readonly object[], headers: Readonly<Record<string, string>>): Promise<void> {
  const startedAt = performance.now();
  const response = await fetch(`${plaza.url}/api/v1/activity`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-marketplace': MARKETPLACE, ...headers },
    body: JSON.stringify({ events }),
  });
  const answer = (await response.json()) as { accepted?: number };
  latencies.push(performance.now() - startedAt);
  accepted += answer.accepted ?? 0;
}

const view = (listingId: string) => ({ id: crypto.randomUUID(), kind: 'view', listingId });
/** All but the two that are watched, evenly: nothing among them is unusual against the others. */
const ordinary = (number: number) => view(listingIds[2 + (number % (LISTINGS - 2))] as string);

/** Sends at the rate, however long answers take, until the time is over. */
async function load(): Promise<number> {
  const requests = Math.ceil((seconds * rate) / EVENTS_EACH);
  const startedAt = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let number = next++; number < requests; number = next++) {
      const due = startedAt + (number * EVENTS_EACH * 1000) / rate;
      const early = due - performance.now();
      if (early > 1) await delay(early);
      const events = Array.from({ length: EVENTS_EACH }, (_, at) => ordinary(number + at));
      await send(events, { 'x-visitor-id': visitors[number % VISITORS] as string });
    }
  };
  await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, worker));
  return (performance.now() - startedAt) / 1000;
}

async function trending(): Promise<string[]> {
  const response = await fetch(`${plaza.url}/api/v1/trends?limit=50`, { headers: { 'x-marketplace': MARKETPLACE } });
  const { listings } = (await response.json()) as { listings: { listing: { id: string } }[] };
  return listings.map(({ listing }) => listing.id);
}

if (seconds > 0) await measureLoad();
if (values.spike !== 'off') await measureSpike();

async function measureLoad(): Promise<void> {
  const took = await load();
  const at = (share: number) => latencies.sort((a, b) => a - b)[Math.floor(latencies.length * share)]?.toFixed(1);
  console.log(
    `in: ${Math.round(accepted / took)} events/s for ${took.toFixed(0)} s, ${EVENTS_EACH} a request; answered in ${at(0.5)} ms (p50), ${at(0.99)} ms (p99)`,
  );

  const feeds: number[] = [];
  for (let number = 0; number < FEEDS; number++) {
    const startedAt = performance.now();
    const headers = { 'x-marketplace': MARKETPLACE, 'x-visitor-id': visitors[number] as string };
    await (await fetch(`${plaza.url}/api/v1/feed`, { headers })).arrayBuffer();
    feeds.push(performance.now() - startedAt);
  }
  feeds.sort((a, b) => a - b);
  const feedAt = (share: number) => feeds[Math.floor(FEEDS * share)]?.toFixed(1);
  console.log(`feeds: ${feedAt(0.5)} ms (p50), ${feedAt(0.99)} ms (p99), one at a time`);
}

async function measureSpike(): Promise<void> {
  const windowMs = Math.floor(Date.now() / WINDOW_MS) * WINDOW_MS;
  for (let person = 0; person < CROWD; person++) await send([view(wanted)], { 'x-visitor-id': crypto.randomUUID() });
  for (let burst = 0; burst < 3; burst++)
    await send(
      Array.from({ length: 200 }, () => view(pushed)),
      { authorization: `Bearer ${attacker.token}` },
    );
  await delay(Math.max(0, windowMs + WINDOW_MS - Date.now()));
  let shown = await trending();
  while (!shown.includes(wanted) && Date.now() < windowMs + WINDOW_MS + 30_000) {
    await delay(250);
    shown = await trending();
  }
  const late = ((Date.now() - windowMs - WINDOW_MS) / 1000).toFixed(1);
  console.log(
    shown.includes(wanted) ? `the spike is shown ${late} s after its window's end` : 'the spike is not shown',
  );
  console.log(shown.includes(pushed) ? 'one account made a trend' : 'one account with 600 events made none');
  process.exitCode = shown.includes(wanted) && !shown.includes(pushed) ? 0 : 1;
}
