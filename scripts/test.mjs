// `npm test`: everything that must hold, in order, on a fresh clone. `npm test -- NAME…` runs only those steps, and
// paths run only the tests below them: `npm test -- services/orders`.
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildWeb } from './build-web.mjs';
import { command, NODE, plain, ROOT, step } from './install.mjs';

const bin = (...parts) => path.join(ROOT, 'node_modules', ...parts);
const wanted = process.argv.slice(2);
/** Where the server keeps what Node has compiled (apps/server/bin/compile-cache.mjs): test files read the same. */
const COMPILE_CACHE = path.join(ROOT, 'node_modules', '.cache', 'plaza');
/** Processes of test files that run at once, on two cores: they wait for PostgreSQL, for browsers, timers and the fuzzer. */
const AT_ONCE = { unit: 4, whole: 3 };

/** Unit test files that share a process: each of its own would load and compile the same services once more, for two seconds. */
const TOGETHER_MAX = 12;

/** Begun at once; what they tell is shown in this order. */
const LONGEST = ['tests/browser/loop.test.ts', 'tests/kill.test.ts', 'tests/fuzz.test.ts'];

/** Each step by name: what is claimed, and how it is checked. */
const steps = {
  format: [
    'Format and lint agree',
    () => command(bin('.bin', 'biome'), ['ci', '--colors=off', '.'], 'Run: npm run format'),
  ],
  types: [
    'Types are right',
    async () => {
      await command(NODE, [bin('typescript', 'bin', 'tsc'), '-p', '.'], 'The types do not agree.');
      await command(
        NODE,
        [bin('typescript', 'bin', 'tsc'), '-p', 'apps/web'],
        'The types of the web app do not agree.',
      );
    },
  ],
  unused: [
    'Nothing is unused',
    () => command(NODE, [bin('knip', 'bin', 'knip.js'), '--no-progress'], 'Remove what knip names.'),
  ],
  generated: [
    'Generated files are up to date',
    () => command(NODE, ['scripts/generate.ts', '--check'], 'Run: node_modules/node/bin/node scripts/generate.ts'),
  ],
  unit: ['Services and packages pass', () => runTests(['packages', 'services', 'sdk', 'apps', 'bench', 'scripts'])],
  system: [
    'The whole passes: storm, kill, split, isolation, browser',
    async () => {
      await buildWeb();
      await runTests(['tests'], AT_ONCE.whole);
    },
  ],
};

process.chdir(ROOT);
const startedAt = Date.now();
try {
  const paths = wanted.filter((each) => !(each in steps));
  const names = wanted.filter((each) => each in steps);
  if (paths.length > 0) await runTests(paths);
  for (const name of paths.length > 0 ? names : names.length > 0 ? names : Object.keys(steps)) {
    const [claim, check] = steps[name];
    await step(claim, check);
  }
  process.stdout.write(`\nEverything holds. ${((Date.now() - startedAt) / 1000).toFixed(0)} s\n`);
} catch (error) {
  process.stderr.write(`\n${error.isPlain ? error.message : error.stack}\n`);
  process.exit(1);
}

/** The tests below a place; a file is its own. */
function filesBelow(place) {
  if (place.endsWith('.ts')) return [place];
  return globSync('**/*.test.ts', {
    cwd: path.join(ROOT, place),
    exclude: (name) => name === 'node_modules' || name === '.next',
  }).map((file) => path.join(place, file));
}

/** In an order in which none of the longest is left to run alone at the end, nor all wait for the demo at the beginning. */
function longestFirst(files) {
  return [...LONGEST.filter((file) => files.includes(file)), ...files.filter((file) => !LONGEST.includes(file)).sort()];
}

/** A file for each group of test files of one package or service, which runs them in one process. */
async function together(files, folder) {
  const groups = [];
  for (const file of files.toSorted()) {
    const home = file.split(path.sep).slice(0, 2).join('-');
    const last = groups.at(-1);
    if (last?.home === home && last.files.length < TOGETHER_MAX) last.files.push(file);
    else groups.push({ home, files: [file] });
  }
  return Promise.all(
    groups.map(async ({ home, files }, place) => {
      const entry = path.join(folder, `${place}-${home}.test.mjs`);
      const lines = files.map((file) => `await import(${JSON.stringify(pathToFileURL(path.resolve(file)).href)});\n`);
      await writeFile(entry, lines.join(''));
      return entry;
    }),
  );
}

/** Runs the tests below these places; the report of Node's own runner goes to the terminal as it comes. */
async function runTests(places, atOnce = AT_ONCE.unit) {
  const found = places.flatMap(filesBelow);
  if (found.length === 0) throw plain(`There is no test below ${places.join(', ')}.`);
  const { beginTestRun } = await import('./test-run.ts');
  const run = await beginTestRun();
  try {
    const isWhole = (file) => file.startsWith(`tests${path.sep}`);
    const files = [
      ...longestFirst(found.filter(isWhole)),
      ...(await together(
        found.filter((file) => !isWhole(file)),
        run.environment.PLAZA_TEST_RUN_FOLDER,
      )),
    ];
    await new Promise((resolve, reject) => {
      const child = spawn(NODE, ['scripts/run-tests.mjs', String(atOnce), ...files], {
        stdio: 'inherit',
        env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...process.env, ...run.environment },
      });
      child.once('error', reject);
      child.once('exit', (code) => (code === 0 ? resolve() : reject(plain('Some tests failed; see above.'))));
    });
  } finally {
    await run.end();
  }
}
