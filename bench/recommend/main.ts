// `npm run bench:recommend [-- --log file.csv]`: how well suggestions foretell what people go on to, on an interaction log split
// by time, against popularity and item-kNN. Without a log, on one made for the purpose. See README.md.
import { parseArgs } from 'node:util';
import { itemKnn, popularity } from './baselines.ts';
import { readLog } from './log.ts';
import { makeLastingLog, makeLog } from './made-log.ts';
import { measure, splitByTime } from './measure.ts';
import { ours } from './ours.ts';

const { values } = parseArgs({
  options: {
    log: { type: 'string' },
    users: { type: 'string', default: '12000' },
    seed: { type: 'string', default: '1' },
    lasting: { type: 'boolean', default: false },
  },
});

const made = { users: Number(values.users), items: 3000, days: 120, seed: Number(values.seed) };
const log =
  values.log !== undefined
    ? await readLog(values.log)
    : values.lasting
      ? makeLastingLog({ ...made, users: made.users / 4 })
      : makeLog(made);
const split = splitByTime(log);
console.log(
  `${values.log ?? 'made log'}: ${log.length} events, ${new Set(log.map(({ user }) => user)).size} users, ${new Set(log.map(({ item }) => item)).size} items`,
);
console.log(
  '| | recall@20 | nDCG@20 | coverage | users | learned in | a suggestion |\n| --- | --- | --- | --- | --- | --- | --- |',
);
for (const make of [popularity, itemKnn, ours]) {
  const startedAt = performance.now();
  const recommender = make(split.past);
  const learnedAt = performance.now();
  const { name, recall, ndcg, coverage, users } = measure(recommender, split);
  const eachMs = (performance.now() - learnedAt) / Math.max(1, users);
  console.log(
    `| ${name} | ${recall.toFixed(4)} | ${ndcg.toFixed(4)} | ${coverage.toFixed(3)} | ${users} | ${((learnedAt - startedAt) / 1000).toFixed(1)} s | ${eachMs.toFixed(2)} ms |`,
  );
}
