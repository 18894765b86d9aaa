import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { command, NODE, ROOT, step } from './install.mjs';

/** Builds the web app unless the last build was made from the same sources. */
export async function buildWeb() {
  const web = path.join(ROOT, 'apps/web');
  const stamp = path.join(web, '.next', 'plaza-sources');
  const wanted = fingerprint(['apps/web', 'sdk', 'packages/kernel', ...contracts(), 'package-lock.json']);
  if (existsSync(path.join(web, '.next', 'BUILD_ID')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted)
    return;
  await step('Pages are built', async () => {
    const next = path.join(ROOT, 'node_modules/next/dist/bin/next');
    const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
    await command(NODE, [next, 'build'], 'The web app did not build.', { cwd: web, env });
    mkdirSync(path.dirname(stamp), { recursive: true });
    writeFileSync(stamp, wanted);
  });
}

/** What the services promise, which pages are typed and checked by. */
function contracts() {
  return readdirSync(path.join(ROOT, 'services')).flatMap((service) =>
    readdirSync(path.join(ROOT, 'services', service))
      .filter((name) => /^(contract|errors)/.test(name))
      .map((name) => path.join('services', service, name)),
  );
}

/** A hash of the sources' names, sizes and times: enough to know whether to build again. */
function fingerprint(places) {
  const hash = createHash('sha256');
  const visit = (place) => {
    const found = statSync(path.join(ROOT, place));
    if (!found.isDirectory()) return hash.update(`${place} ${found.size} ${found.mtimeMs}\n`);
    for (const name of readdirSync(path.join(ROOT, place)).sort()) {
      if (!['node_modules', '.next', 'next-env.d.ts'].includes(name) && !name.endsWith('.tsbuildinfo'))
        visit(path.join(place, name));
    }
  };
  for (const place of places) visit(place);
  return hash.digest('hex');
}
