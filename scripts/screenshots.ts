// The README's pictures, taken from the demo as it is: `node_modules/node/bin/node scripts/screenshots.ts`. Builds the
// web app when its sources changed; needs Chromium, as the browser tests do.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPlaza } from '../tests/support/open-plaza.ts';
import { type Visitor, visit } from '../tests/support/visitor.ts';
import { buildWeb } from './build-web.mjs';

const FOLDER = fileURLToPath(new URL('../docs/screenshots/', import.meta.url));
/** Each picture is below 250 KB at this quality of JPEG. */
const QUALITY = 80;
const LANGS = { temuhash: 'en', jaikod: 'th', gamarriando: 'es', bazaar: 'en' };

await mkdir(FOLDER, { recursive: true });
await buildWeb();
await using open = await openPlaza();
for (const [marketplace, lang] of Object.entries(LANGS)) {
  const guest = await visit(open, { marketplace, lang });
  await guest.go('');
  await take(guest, marketplace);
  await guest.leave();
}
const phone = await visit(open, { marketplace: 'jaikod', lang: 'th', width: 390 });
await phone.go('/browse');
await phone.page.locator('main a[href*="/l/"]').first().click();
await phone.page.waitForURL(/\/l\//);
await take(phone, 'phone-listing');
await phone.leave();
const seller = await visit(open, { marketplace: 'gamarriando', lang: 'es' });
await seller.signIn('seller');
await seller.go('/studio');
await take(seller, 'studio');
await seller.leave();

async function take({ page }: Visitor, name: string): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: path.join(FOLDER, `${name}.jpg`), type: 'jpeg', quality: QUALITY });
}
