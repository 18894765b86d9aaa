import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Context } from '@plaza/kernel';
import { BINDINGS, startTestHost } from '@plaza/runtime/testing';
import { identityService } from './index.ts';
import { contextOf, linkToken, signUp } from './testing.ts';

const levelOf = ({ actor }: Context) => (actor.kind === 'member' ? actor.verificationLevel : undefined);

for (const binding of BINDINGS) {
  describe(`signing in, ${binding}`, () => {
    test('a sign-up makes a buyer, who signs in again with the password and not with another', async () => {
      await using host = await startTestHost([identityService], { binding });
      const { identity, member, email, password, context } = await signUp(host);
      assert.deepEqual(member.roles, ['buyer']);
      assert.equal((await identity.getMe({}, context)).email, email);
      const again = await identity.signIn({ email: 'ADA@example.com', password }, host.guest());
      assert.ok(again.state === 'SIGNED_IN' && again.member.id === member.id);
      await assert.rejects(identity.signIn({ email, password: 'wrong' }, host.guest()), { code: 'WRONG_CREDENTIALS' });
      await assert.rejects(identity.signUp({ email, password, displayName: 'B' }, host.guest()), {
        code: 'EMAIL_TAKEN',
      });
    });

    test('a sign-up repeated under its key answers the same session, and the key serves nothing else', async () => {
      await using host = await startTestHost([identityService], { binding });
      const { identity } = await signUp(host);
      const guest = host.guest({ idempotencyKey: 'a-key-of-sixteen-or-more' });
      const input = { email: 'bob@example.com', password: 'a long password', displayName: 'Bob' };
      const first = await identity.signUp(input, guest);
      assert.deepEqual(await identity.signUp(input, guest), first);
      await assert.rejects(identity.signUp({ ...input, password: 'another one' }, guest), {
        code: 'IDEMPOTENCY_KEY_REUSED',
      });
    });

    test('a token of one marketplace is nothing in another, where the same account is another member', async () => {
      await using host = await startTestHost([identityService], { binding });
      const { identity, token, member, email, password } = await signUp(host);
      assert.equal(await identity.authenticate({ token }, host.service({ marketplaceId: 'jaikod' })), null);
      const there = await identity.signIn({ email, password }, host.guest({ marketplaceId: 'jaikod' }));
      assert.ok(there.state === 'SIGNED_IN');
      assert.notEqual(there.member.id, member.id);
      assert.equal(await identity.authenticate({ token: there.token }, host.service()), null);
      // A cookie may say anything.
      assert.equal(await identity.authenticate({ token: 'a\0b' }, host.service()), null);
    });

    test('a token is looked up in one statement, and ends with its time', async () => {
      await using host = await startTestHost([identityService], { binding });
      const { identity, token, member } = await signUp(host);
      const statements = await host.countStatements(() => identity.authenticate({ token }, host.service()));
      assert.equal(statements, 1);
      const withSignature = await identity.authenticate({ token: `${token}.c2lnbmF0dXJl` }, host.service());
      assert.equal(withSignature?.memberId, member.id);
      host.advance({ days: 31 });
      assert.equal(await identity.authenticate({ token }, host.service()), null);
      await host.runTimers();
    });

    test('the mailed link verifies the address, once', async () => {
      await using host = await startTestHost([identityService], { binding });
      const { identity, member, email, token: session, context } = await signUp(host);
      assert.equal(member.isEmailVerified, false);
      assert.equal(levelOf(context), 0);
      const token = await linkToken(host, email, 'verify-email');
      await identity.verifyEmail({ token }, host.guest());
      assert.equal((await identity.getMe({}, context)).isEmailVerified, true);
      assert.equal(levelOf(await contextOf(host, session)), 1);
      await assert.rejects(identity.verifyEmail({ token: 'not-a-token-at-all' }, host.guest()), {
        code: 'LINK_INVALID',
      });
    });

    test('a reset link sets a new password, works once, and ends every session everywhere', async () => {
      await using host = await startTestHost([identityService], { binding });
      const { identity, token, email, password } = await signUp(host);
      const there = await identity.signIn({ email, password }, host.guest({ marketplaceId: 'jaikod' }));
      assert.ok(there.state === 'SIGNED_IN');
      await identity.requestPasswordReset({ email: 'nobody@example.com' }, host.guest());
      await identity.requestPasswordReset({ email }, host.guest());
      const link = await linkToken(host, email, 'reset-password');
      await identity.resetPassword({ token: link, newPassword: 'another long password' }, host.guest());
      await assert.rejects(identity.resetPassword({ token: link, newPassword: 'a third password' }, host.guest()), {
        code: 'LINK_INVALID',
      });
      assert.equal(await identity.authenticate({ token }, host.service()), null);
      assert.equal(
        await identity.authenticate({ token: there.token }, host.service({ marketplaceId: 'jaikod' })),
        null,
      );
      await assert.rejects(identity.signIn({ email, password }, host.guest()), { code: 'WRONG_CREDENTIALS' });
      const now = await identity.signIn({ email, password: 'another long password' }, host.guest());
      assert.equal(now.state, 'SIGNED_IN');
    });

    test('sessions are listed, and revoked only by whose they are', async () => {
      await using host = await startTestHost([identityService], { binding });
      const { identity, email, password, context } = await signUp(host);
      const device = 'Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0';
      const second = await identity.signIn({ email, password }, { ...host.guest(), device });
      assert.ok(second.state === 'SIGNED_IN');
      const { items } = await identity.listSessions({}, context);
      assert.deepEqual(
        items.map(({ isCurrent, userAgent }) => [isCurrent, userAgent]),
        [
          [false, device],
          [true, null],
        ],
      );
      const other = items.find(({ isCurrent }) => !isCurrent);
      assert.ok(other);
      const stranger = await signUp(host, { email: 'eve@example.com' });
      await assert.rejects(identity.revokeSession({ sessionId: other.id }, stranger.context), {
        code: 'SESSION_NOT_FOUND',
      });
      await identity.revokeSession({ sessionId: other.id }, context);
      assert.equal(await identity.authenticate({ token: second.token }, host.service()), null);
      await identity.signOut({}, context);
      assert.deepEqual((await identity.listSessions({}, context)).items, []);
    });

    test('guessing a password is stopped, and time lets one try again', async () => {
      await using host = await startTestHost([identityService], { binding });
      const { identity, email, password } = await signUp(host);
      const refusals: string[] = [];
      for (let i = 0; i < 21; i++) {
        await identity
          .signIn({ email, password: `guess ${i}` }, host.guest())
          .catch((fault: { code: string }) => refusals.push(fault.code));
      }
      assert.equal(refusals.filter((code) => code === 'WRONG_CREDENTIALS').length, 20);
      assert.equal(refusals.at(-1), 'RATE_LIMITED');
      host.advance({ minutes: 16 });
      assert.equal((await identity.signIn({ email, password }, host.guest())).state, 'SIGNED_IN');
    });

    test('a changed password ends every session and goes on with a new one', async () => {
      await using host = await startTestHost([identityService], { binding });
      const { identity, token, email, password, context } = await signUp(host);
      const there = await identity.signIn({ email, password }, host.guest({ marketplaceId: 'jaikod' }));
      assert.ok(there.state === 'SIGNED_IN');
      await assert.rejects(
        identity.changePassword({ currentPassword: 'wrong', newPassword: 'another long password' }, context),
        { code: 'PASSWORD_WRONG' },
      );
      const renewed = await identity.changePassword(
        { currentPassword: password, newPassword: 'another long password' },
        context,
      );
      assert.equal(await identity.authenticate({ token }, host.service()), null);
      assert.equal(
        await identity.authenticate({ token: there.token }, host.service({ marketplaceId: 'jaikod' })),
        null,
      );
      await contextOf(host, renewed.token);
    });

    test('a phone number signs in by the code of an SMS, where the marketplace offers it', async () => {
      await using host = await startTestHost([identityService], { binding });
      const { identity } = await signUp(host);
      const phone = '+66812345678';
      await identity.requestPhoneOtp({ phone }, host.guest());
      const message = (await host.mailbox()).find(({ kind }) => kind === 'sms');
      const code = /\d{6}/.exec(message?.text ?? '')?.[0] ?? '';
      await assert.rejects(
        identity.verifyPhoneOtp({ phone, code: code === '000000' ? '111111' : '000000' }, host.guest()),
        { code: 'CODE_WRONG' },
      );
      const { token, member } = await identity.verifyPhoneOtp({ phone, code }, host.guest());
      assert.equal(member.phone, phone);
      assert.equal(levelOf(await contextOf(host, token)), 2);
      assert.equal(member.email, null);
      await assert.rejects(identity.requestPhoneOtp({ phone }, host.guest({ marketplaceId: 'temuhash' })), {
        code: 'METHOD_NOT_CONFIGURED',
      });
    });
  });
}

test('nobody waits for the mail provider, whose time would tell that there is an account, nor is stopped by it', async () => {
  const logged: unknown[] = [];
  const refused = Object.assign(new Error('550 no such user <ada@example.com>'), { code: 'EENVELOPE' });
  const unwell: typeof identityService = {
    ...identityService,
    create: (platform, peers) => {
      const send: typeof platform.mail.send = ({ text }) =>
        text.includes('/reset-password?') ? new Promise(() => {}) : Promise.reject(refused);
      const log = { ...platform.log, warn: (...told: unknown[]) => logged.push(told) } as typeof platform.log;
      return identityService.create({ ...platform, mail: { send }, log }, peers);
    },
  };
  await using host = await startTestHost([unwell]);
  const { identity, email } = await signUp(host);
  assert.deepEqual(logged, [[{ kind: 'verify', code: 'EENVELOPE' }, 'a letter could not be sent']]);
  assert.deepEqual(await identity.requestPasswordReset({ email }, host.guest()), { isDone: true });
});
