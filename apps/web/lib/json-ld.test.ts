import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonLd } from './json-ld.ts';

test("a seller's text cannot end the script element, and reads the same", () => {
  const name = '</script><script>alert(1)</script><!-- é ก';
  const written = jsonLd({ '@type': 'Product', name });
  assert.ok(!written.includes('<'));
  assert.equal(JSON.parse(written).name, name);
});
