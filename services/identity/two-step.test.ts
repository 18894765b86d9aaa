import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { requireConfirmed } from '@plaza/kernel';
import { BINDINGS, startTestHost } from '@plaza/runtime/testing';
import { identityService } from './index.ts';
import { contextOf, signUp, totpCode } from './testing.ts';

for (const binding of BINDINGS) {
  describe(`two-step sign-in, ${binding}`, () => {
    test('a code, or a backup code once, completes a sign-in; the password alone does not', async () => {
      await using host = await startTestHost([identityService], { binding });
      const { identity, token, email, password, context } = await signUp(host);
      await assert.rejects(identity.enableTotp({ password: 'wrong' }, context), { code: 'PASSWORD_WRONG' });
      const { uri, backupCodes } = await identity.enableTotp({ password }, context);
      assert.equal((await identity.signIn({ email, password }, host.guest())).state, 'SIGNED_IN');
      const code = totpCode(uri);
      await assert.rejects(identity.confirmTotp({ code: code === '000000' ? '111111' : '000000' }, context), {
        code: 'CODE_WRONG',
      });
      const seen = totpCode(uri);
      const confirmed = await identity.confirmTotp({ code: seen }, context);
      assert.equal(confirmed.member.isTotpEnabled, true);
      assert.equal(await identity.authenticate({ token }, host.service()), null, 'the old session ended');

      const first = await identity.signIn({ email, password }, host.guest());
      assert.ok(first.state === 'TOTP_REQUIRED');
      await assert.rejects(identity.verifyTotp({ challenge: first.challenge, code: 'nonsense12' }, host.guest()), {
        code: 'CODE_WRONG',
      });
      await assert.rejects(
        identity.verifyTotp({ challenge: first.challenge, code: seen }, host.guest()),
        { code: 'CODE_WRONG' },
        'a code that was seen is not good again',
      );
      const next = totpCode(uri, { ahead: 1 });
      const done = await identity.verifyTotp({ challenge: first.challenge, code: next }, host.guest());
      await contextOf(host, done.token);
      await assert.rejects(identity.verifyTotp({ challenge: first.challenge, code: totpCode(uri) }, host.guest()), {
        code: 'CHALLENGE_EXPIRED',
      });

      const backup = backupCodes[0] as string;
      const second = await identity.signIn({ email, password }, host.guest());
      assert.ok(second.state === 'TOTP_REQUIRED');
      await identity.verifyTotp({ challenge: second.challenge, code: backup }, host.guest());
      const third = await identity.signIn({ email, password }, host.guest());
      assert.ok(third.state === 'TOTP_REQUIRED');
      await assert.rejects(identity.verifyTotp({ challenge: third.challenge, code: backup }, host.guest()), {
        code: 'CODE_WRONG',
      });
    });

    test('who sits there is shown by a code, which the password does not replace, and counts for ten minutes', async () => {
      await using host = await startTestHost([identityService], { binding });
      const { identity, token, password, context } = await signUp(host);
      requireConfirmed(context, host.now());
      host.advance({ minutes: 11 });
      assert.throws(() => requireConfirmed(context, host.now()), { code: 'CONFIRMATION_REQUIRED' });
      await assert.rejects(identity.confirmSession({ password: 'wrong' }, context), { code: 'PASSWORD_WRONG' });
      await assert.rejects(identity.confirmSession({ code: '123456' }, context), { code: 'INVALID_INPUT' });
      await identity.confirmSession({ password }, context);
      requireConfirmed(await contextOf(host, token), host.now());

      const { uri, backupCodes } = await identity.enableTotp({ password }, context);
      const renewed = (await identity.confirmTotp({ code: totpCode(uri) }, context)).token;
      host.advance({ minutes: 22 });
      const on = await contextOf(host, renewed);
      assert.throws(() => requireConfirmed(on, host.now()), { code: 'CONFIRMATION_REQUIRED' });
      await assert.rejects(identity.confirmSession({ password }, on), { code: 'INVALID_INPUT' });
      await assert.rejects(identity.confirmSession({ code: 'nonsense12' }, on), { code: 'CODE_WRONG' });
      const code = totpCode(uri);
      const both = [identity.confirmSession({ code }, on), identity.confirmSession({ code }, on)];
      const states = (await Promise.allSettled(both)).map(({ status }) => status).sort();
      assert.deepEqual(states, ['fulfilled', 'rejected'], 'of two requests with one code one gets it');
      await identity.confirmSession({ code: backupCodes[1] as string }, on);
      requireConfirmed(await contextOf(host, renewed), host.now());
    });

    test('new backup codes take the place of those that were used or lost', async () => {
      await using host = await startTestHost([identityService], { binding });
      const { identity, email, password, context } = await signUp(host);
      await assert.rejects(identity.renewBackupCodes({ password }, context), { code: 'TOTP_NOT_ENABLED' });
      const { uri, backupCodes: old } = await identity.enableTotp({ password }, context);
      const on = await contextOf(host, (await identity.confirmTotp({ code: totpCode(uri) }, context)).token);
      await assert.rejects(identity.renewBackupCodes({ password: 'wrong' }, on), { code: 'PASSWORD_WRONG' });
      const { backupCodes } = await identity.renewBackupCodes({ password }, on);
      assert.equal(backupCodes.length, old.length);
      const begun = await identity.signIn({ email, password }, host.guest());
      assert.ok(begun.state === 'TOTP_REQUIRED');
      const answer = (code: string) => identity.verifyTotp({ challenge: begun.challenge, code }, host.guest());
      await assert.rejects(answer(old[0] as string), { code: 'CODE_WRONG' });
      await answer(backupCodes[0] as string);
    });

    test('it is turned off by the password, and not turned on twice', async () => {
      await using host = await startTestHost([identityService], { binding });
      const { identity, email, password, context } = await signUp(host);
      await assert.rejects(identity.disableTotp({ password }, context), { code: 'TOTP_NOT_ENABLED' });
      await assert.rejects(identity.confirmTotp({ code: '123456' }, context), { code: 'TOTP_NOT_ENABLED' });
      const { uri } = await identity.enableTotp({ password }, context);
      const on = await contextOf(host, (await identity.confirmTotp({ code: totpCode(uri) }, context)).token);
      await assert.rejects(identity.enableTotp({ password }, on), { code: 'TOTP_ENABLED' });
      const off = await identity.disableTotp({ password }, on);
      assert.equal(off.member.isTotpEnabled, false);
      assert.equal((await identity.signIn({ email, password }, host.guest())).state, 'SIGNED_IN');
    });
  });
}
