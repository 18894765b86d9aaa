import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createLogger } from './logger.ts';

/** What is written when `write` logs. */
function linesOf(write: (log: ReturnType<typeof createLogger>) => void): string[] {
  const lines: string[] = [];
  write(createLogger('info', { write: (line) => lines.push(line) }));
  return lines;
}

describe('The log', () => {
  test('cuts out what is secret or personal', () => {
    const [line] = linesOf((log) => log.info({ password: 'p1', member: { email: 'a@b.test' } }, 'joined'));
    assert.deepEqual(
      { ...JSON.parse(line ?? ''), time: 0 },
      { level: 30, time: 0, password: '[redacted]', member: { email: '[redacted]' }, msg: 'joined' },
    );
  });

  test('tells of an error what it is and where it comes from, not the rows and connections it carries', () => {
    const cause = Object.assign(new Error('duplicate key value violates unique constraint "member_email"'), {
      code: '23505',
      constraint: 'member_email',
      detail: 'Key (email)=(nok@example.test) already exists.',
      client: { connectionParameters: { user: 'plaza' } },
    });
    const [line] = linesOf((log) => log.error({ err: new Error('not kept', { cause }) }, 'failed'));
    const { err } = JSON.parse(line ?? '');
    assert.match(err.stack, /logger\.test\.ts/);
    assert.equal(err.message, 'not kept');
    assert.deepEqual(
      { ...err.cause, stack: '' },
      { type: 'Error', message: cause.message, stack: '', code: '23505', constraint: 'member_email' },
    );
    assert.doesNotMatch(line ?? '', /nok@example/);
  });
});
