/** What a visitor did on a page. */
export type Happening = {
  readonly kind: 'view' | 'search' | 'click' | 'cart';
  readonly listingId?: string | undefined;
  readonly query?: string | undefined;
  readonly resultCount?: number | undefined;
  readonly position?: number | undefined;
};

/** Sent when so many wait, after so long, or when the page is left. */
const SENT_TOGETHER = 20;
const PAUSE_MS = 4_000;
/** Nobody takes them where the visitor has not agreed: then the oldest go. */
const WAITING_MAX = 100;

let waiting: (Happening & { id: string; atMs: number })[] = [];
let isSending = false;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Notes that something happened. It leaves the page only while a sender runs. */
export function enqueue(happening: Happening): void {
  waiting = [...waiting, { ...happening, id: randomId(), atMs: Date.now() }].slice(-WAITING_MAX);
  if (!isSending) return;
  if (waiting.length >= SENT_TOGETHER) flush();
  else timer ??= setTimeout(flush, PAUSE_MS);
}

/** A random UUID (version 4, RFC 9562). `crypto.randomUUID` is not there on pages that come without TLS. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Sends what waits, and from now on what comes, until the function it answers is called. */
export function startSending(): () => void {
  isSending = true;
  timer ??= setTimeout(flush, PAUSE_MS);
  const leave = () => {
    if (document.visibilityState === 'hidden') flush();
  };
  document.addEventListener('visibilitychange', leave);
  window.addEventListener('pagehide', flush);
  document.addEventListener('click', noteClick, true);
  return () => {
    flush();
    isSending = false;
    document.removeEventListener('visibilitychange', leave);
    window.removeEventListener('pagehide', flush);
    document.removeEventListener('click', noteClick, true);
  };
}

function flush(): void {
  clearTimeout(timer);
  timer = undefined;
  if (!isSending || waiting.length === 0) return;
  const events = waiting.map(({ atMs, ...event }) => ({ ...event, offsetMs: Math.max(0, Date.now() - atMs) }));
  waiting = [];
  // A beacon is sent even when the page goes; nobody waits for its answer (https://www.w3.org/TR/beacon/).
  navigator.sendBeacon('/api/v1/activity', new Blob([JSON.stringify({ events })], { type: 'application/json' }));
}

/** A click on a card of a list, with where it stood and which search led to it. */
function noteClick({ target }: MouseEvent): void {
  const card = target instanceof Element && target.closest('a') !== null ? target.closest('[data-listing]') : null;
  if (!(card instanceof HTMLElement)) return;
  const query = card.closest<HTMLElement>('[data-query]')?.dataset.query;
  const position = Number(card.dataset.position);
  enqueue({
    kind: 'click',
    listingId: card.dataset.listing,
    ...(query === undefined ? {} : { query }),
    ...(Number.isInteger(position) && position > 0 ? { position } : {}),
  });
}
