import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { LOCALES } from '@plaza/kernel';
import { loadMarketplaces } from '@plaza/kernel/marketplace';
import { loadTemplates } from './templates.ts';

const MARKETPLACES = fileURLToPath(new URL('../../marketplaces/', import.meta.url));

test('every message is there in every language', () => {
  const files = readdirSync(new URL('./templates/', import.meta.url));
  const names = new Set(files.map((file) => file.split('.')[0] as string));
  for (const name of names)
    for (const locale of LOCALES) assert.ok(files.includes(`${name}.${locale}.md`), `${name}.${locale}.md`);
});

test("a marketplace's own template goes before ours, and a misspelled placeholder is told at the start", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'plaza-templates-'));
  try {
    cpSync(path.join(MARKETPLACES, 'bazaar'), path.join(folder, 'bazaar'), { recursive: true });
    const own = path.join(folder, 'bazaar', 'notifications');
    mkdirSync(own);
    writeFileSync(path.join(own, 'welcome.en.md'), '# Hi {name}\n\nGlad you came.\n');
    const templates = loadTemplates(loadMarketplaces(folder));
    assert.equal(templates.find('bazaar', 'welcome', 'en')?.subject, 'Hi {name}');
    assert.match(templates.find('bazaar', 'welcome', 'th')?.subject ?? '', /ยินดีต้อนรับ/);
    writeFileSync(path.join(own, 'welcome.en.md'), '# Hi {nmae}\n\nGlad you came.\n');
    assert.throws(() => loadTemplates(loadMarketplaces(folder)), /welcome\.en\.md: \{nmae\} is not known/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
