import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill, htmlOf, parseTemplate, placeholdersOf } from './template.ts';

test('a template is a heading and a text, and its placeholders are filled', () => {
  const template = parseTemplate('# {word.order} {number}\n\nFrom {storeName}. {tracking}\n');
  assert.ok(template);
  assert.deepEqual(placeholdersOf(template), ['word.order', 'number', 'storeName', 'tracking']);
  assert.deepEqual(fill(template, { 'word.order': 'Order', number: 'B-1', storeName: 'Ada Prints' }), {
    subject: 'Order B-1',
    text: 'From Ada Prints.',
  });
  assert.equal(parseTemplate('no heading'), undefined);
});

test('what people wrote cannot become a placeholder or a tag', () => {
  const filled = fill({ subject: '{title}', text: 'x' }, { title: '{name} <b>', name: 'secret' });
  assert.equal(filled.subject, '{name} <b>');
  assert.equal(
    htmlOf('<b>\n\nhttps://x.test/?a&b', ['https://x.test/?a&b']),
    '<p>&lt;b&gt;</p>\n<p><a href="https://x.test/?a&amp;b">https://x.test/?a&amp;b</a></p>',
  );
});
