import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parcelLines } from './parcel-lines.ts';

test('a report is read line by line, and not at all when a line cannot be', () => {
  assert.deepEqual(parcelLines('TH1; 450.00\r\n\nTH2\tRefused\n', 'THB'), [
    { trackingNumber: 'TH1', outcome: 'collected', amountMinor: 45_000 },
    { trackingNumber: 'TH2', outcome: 'refused' },
  ]);
  for (const wrong of ['', 'TH1', '; 450', 'TH1; much', 'TH1; 1; 2', 'TH1; 450.00\nTH2']) {
    assert.equal(parcelLines(wrong, 'THB'), undefined, wrong);
  }
});
