import { chanceFrom } from '@plaza/kernel';
import type { LogEntry } from './log.ts';

const DAY_MS = 86_400_000;

export type MadeLogOptions = {
  readonly users: number;
  readonly items: number;
  readonly days: number;
  readonly seed: number;
};

/**
 * A log as shops have them: few items get most of the looks (Zipf), new ones come every day and old ones fade, people have a
 * few interests that drift, come in sessions that stay on one subject, look at what belongs together one after the other,
 * and now and then at what everybody looks at; most people come once or twice. It knows nothing of any recommender.
 */
export function makeLog({ users, items, days, seed }: MadeLogOptions): LogEntry[] {
  const random = chanceFrom(seed);
  const subjects = Math.max(8, Math.round(items / 60));
  const made = Array.from({ length: items }, (_, number) => ({
    name: `i${number}`,
    subject: Math.floor(random() ** 1.5 * subjects),
    appeal: (1 + Math.floor(random() * items)) ** -0.7,
    /** A third was there from the beginning. */
    bornDay: random() < 0.33 ? -30 : random() * days,
    lifeDays: 10 + random() * 120,
  }));
  const bySubject = Array.from({ length: subjects }, (_, subject) => made.filter((item) => item.subject === subject));
  const choose = (from: typeof made, day: number, near: number | undefined) => {
    let best: (typeof made)[number] | undefined;
    let bestKey = Number.NEGATIVE_INFINITY;
    for (let tries = 0; tries < 24; tries++) {
      const index = Math.floor(random() * from.length);
      const item = from[index];
      if (item === undefined || item.bornDay > day) continue;
      const age = Math.max(0, day - item.bornDay);
      const closeness = near === undefined ? 0 : 1.5 / (1 + Math.abs(index - near));
      // The largest of appeal to the power of chance is a draw by weight (Efraimidis and Spirakis, 2006).
      const weight = item.appeal * 2 ** (-age / item.lifeDays) * (1 + 8 * closeness);
      const key = Math.log(random()) / weight;
      if (key > bestKey) [best, bestKey] = [item, key];
    }
    return best;
  };
  const log: LogEntry[] = [];
  for (let user = 0; user < users; user++) {
    const interests = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
      Math.floor(random() ** 1.5 * subjects),
    );
    const sessions = 1 + Math.floor(-Math.log(random()) * 3);
    const firstDay = random() * days;
    for (let session = 0; session < sessions; session++) {
      const day = firstDay + session * -Math.log(random()) * 6;
      if (day >= days) break;
      if (random() < 0.08) interests[Math.floor(random() * interests.length)] = Math.floor(random() * subjects);
      const subject = interests[Math.floor(random() * interests.length)] as number;
      const length = 1 + Math.floor(-Math.log(random()) * 4);
      let atMs = day * DAY_MS;
      let near: number | undefined;
      for (let step = 0; step < length; step++) {
        const from = random() < 0.15 ? made : (bySubject[subject] as typeof made);
        const item = choose(from, day, from === made ? undefined : near);
        atMs += 5_000 + random() * 90_000;
        if (item === undefined) continue;
        if (from !== made) near = from.indexOf(item);
        log.push({ user: `u${user}`, item: item.name, atMs, kind: random() < 0.06 ? 'purchase' : 'view' });
      }
    }
  }
  return log.sort((a, b) => a.atMs - b.atMs);
}

/**
 * A log without order or drift, as ratings are: everybody has three lasting subjects, a quarter of what they look at is anything
 * else, and when they look at what is chance.
 */
export function makeLastingLog({ users, items, days, seed }: MadeLogOptions): LogEntry[] {
  const random = chanceFrom(seed);
  const [subjects, events] = [Math.round(items / 50), 20];
  const log: LogEntry[] = [];
  for (let user = 0; user < users; user++) {
    const tastes = Array.from({ length: 3 }, () => Math.floor(random() * subjects));
    for (let event = 0; event < events; event++) {
      const isTaste = random() < 0.75;
      const subject = isTaste ? (tastes[Math.floor(random() * 3)] as number) : Math.floor(random() * subjects);
      const item = `i${subject}.${Math.floor(random() ** 2 * 50)}`;
      log.push({ user: `u${user}`, item, atMs: random() * days * DAY_MS, kind: 'view' });
    }
  }
  return log.sort((a, b) => a.atMs - b.atMs);
}
