// Runs test files with Node's own runner, in the order given: `node --test` would sort them, and begin the longest last.
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const [atOnce, ...files] = process.argv.slice(2);
run({ files, concurrency: Number(atOnce) })
  .once('test:fail', () => {
    process.exitCode = 1;
  })
  .compose(spec)
  .pipe(process.stdout);
