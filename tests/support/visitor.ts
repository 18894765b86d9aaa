import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { OpenPlaza } from './open-plaza.ts';
import { PASSWORD } from './shop.ts';

const AXE = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
/** Of scripts, compressed, that one page may bring: what a phone has to fetch and read before anything reacts. */
const SCRIPT_BYTES_MAX = 200_000;
/** What a step may take on a machine that does other things too. */
const PATIENCE_MS = 30_000;

export type Width = 390 | 1280;

/** Somebody with a browser, in one marketplace and one language. */
export type Visitor = {
  readonly page: Page;
  readonly marketplace: string;
  readonly lang: string;
  go(path: string): Promise<void>;
  /** As one of the demo's accounts. */
  signIn(role: 'buyer' | 'seller' | 'moderator' | 'admin'): Promise<void>;
  signInAs(email: string, password?: string): Promise<void>;
  /** On the sign-in page, wherever it leads. */
  fillInSignIn(email: string, password: string): Promise<void>;
  /**
   * Looks at the screen as it is: nothing wider than it, no serious accessibility violation, no error in the console (a
   * script that the page's policy refuses is one), and no more scripts than a phone can bear.
   */
  look(): Promise<void>;
  /** What the server has logged of requests that failed in an unforeseen way. */
  faults(): string[];
  leave(): Promise<void>;
};

/**
 * Does the work; when it fails, pictures of what the visitors saw are kept and named, and why the server failed is told.
 * Everybody leaves at the end.
 */
export async function withVisitors(visitors: readonly Visitor[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    const pictures = await Promise.all(
      visitors.map(async ({ page }, index) => {
        const picture = path.join(os.tmpdir(), `plaza-visitor-${process.pid}-${index}.png`);
        await page.screenshot({ path: picture, fullPage: true });
        return `${picture} (${page.url()})`;
      }),
    );
    const faults = new Set(visitors.flatMap((visitor) => visitor.faults()));
    throw new Error([`It was last seen: ${pictures.join(', ')}`, ...faults].join('\n'), { cause });
  } finally {
    await Promise.all(visitors.map((visitor) => visitor.leave()));
  }
}

export async function visit(
  open: OpenPlaza,
  {
    marketplace,
    lang,
    width = 1280,
    scheme = 'light',
  }: { marketplace: string; lang: string; width?: Width; scheme?: 'light' | 'dark' },
): Promise<Visitor> {
  const context = await open.browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 500) errors.push(`${response.status()} ${response.url()}`);
  });
  // A browser writes each refusal that a page handles (401, 404, 409) to the console as well.
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      errors.push(message.text());
  });

  const visitor: Visitor = {
    page,
    marketplace,
    lang,
    async go(path) {
      await page.goto(open.at(marketplace, `/${lang}${path}`));
    },
    signIn: (role) => visitor.signInAs(`${role}@demo.test`, 'plaza-demo'),
    async signInAs(email, password = PASSWORD) {
      await visitor.go('/sign-in');
      await visitor.fillInSignIn(email, password);
      await page.waitForURL((url) => !url.pathname.includes('sign-in'));
    },
    async fillInSignIn(email, password) {
      const form = page.locator('form:has(input[type=password])');
      await form.locator('input[type=email]').fill(email);
      await form.locator('input[type=password]').fill(password);
      await form.locator('button[type=submit]').click();
    },
    async look() {
      await page.locator('h1').first().waitFor();
      // What an action shows anew has its title a moment after its text.
      await page.waitForFunction(() => document.title !== '');
      const where = `${page.url()} at ${page.viewportSize()?.width} px`;
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${where} is ${overflow} px too wide`);
      const scriptBytes = await page.evaluate(() => {
        const fetched = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
        return fetched.filter(({ name }) => name.endsWith('.js')).reduce((sum, each) => sum + each.encodedBodySize, 0);
      });
      assert.ok(scriptBytes <= SCRIPT_BYTES_MAX, `${where} brings ${scriptBytes} bytes of scripts`);
      await page.evaluate(AXE);
      const violations = await page.evaluate(async () => {
        const found = await (
          window as unknown as { axe: { run(where: Document, options: object): Promise<{ violations: Violation[] }> } }
        ).axe.run(document, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
          resultTypes: ['violations'],
          // Style sheets and media need not be fetched once more: the rules that read them are not serious ones.
          preload: false,
        });
        type Violation = { id: string; impact: string; nodes: { html: string; failureSummary: string }[] };
        return found.violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`);
      });
      assert.deepEqual(violations, [], where);
      assert.deepEqual(errors.splice(0), [], where);
    },
    faults: () => open.plaza.faults(),
    leave: () => context.close(),
  };
  return visitor;
}
