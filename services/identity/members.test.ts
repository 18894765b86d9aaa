import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { BINDINGS, startTestHost } from '@plaza/runtime/testing';
import { identityService } from './index.ts';
import { contextOf, linkToken, signUp } from './testing.ts';

const address = {
  recipientName: 'Ada Lovelace',
  phone: '+525512345678',
  line1: 'Av. Reforma 222',
  city: 'Ciudad de México',
  region: 'CDMX',
  postalCode: '06600',
  countryCode: 'MX',
};

for (const binding of BINDINGS) {
  describe(`members, ${binding}`, () => {
    test('only an admin sets roles, and the last admin stays one', async () => {
      await using host = await startTestHost([identityService], { binding });
      const { identity, member, context } = await signUp(host);
      const admin = host.context({ roles: ['admin'] });
      const input = { memberId: member.id, roles: ['seller' as const] };
      await assert.rejects(identity.setMemberRoles(input, context), { code: 'FORBIDDEN' });
      await assert.rejects(identity.grantRole({ memberId: member.id, role: 'admin' }, context), { code: 'FORBIDDEN' });
      await assert.rejects(
        identity.setMemberRoles(input, host.context({ roles: ['admin'], marketplaceId: 'jaikod' })),
        {
          code: 'MEMBER_NOT_FOUND',
        },
      );
      const changed = await identity.setMemberRoles(input, admin);
      assert.deepEqual(changed.roles, ['buyer', 'seller']);
      await assert.rejects(identity.setMemberRoles({ ...input, expectedVersion: 1 }, admin), {
        code: 'VERSION_CONFLICT',
      });
      await identity.grantRole({ memberId: member.id, role: 'admin' }, host.service());
      const again = await identity.grantRole({ memberId: member.id, role: 'admin' }, host.service());
      assert.equal(again.version, 3, 'a repeat changes nothing');
      await assert.rejects(identity.setMemberRoles({ memberId: member.id, roles: [] }, admin), { code: 'LAST_ADMIN' });
      await host.deliver();
    });

    test('the first admin is who has shown that the address is theirs, not who signed up with it', async () => {
      await using host = await startTestHost([identityService], { binding });
      const { identity, email, member, context } = await signUp(host);
      const grant = { email: 'Ada@Example.com', role: 'admin' as const };
      await assert.rejects(identity.grantRoleByEmail(grant, context), { code: 'FORBIDDEN' });
      await assert.rejects(identity.grantRoleByEmail(grant, host.context({ roles: ['admin'] })), { code: 'FORBIDDEN' });
      await assert.rejects(identity.grantRoleByEmail(grant, host.service()), { code: 'EMAIL_NOT_VERIFIED' });
      await identity.verifyEmail({ token: await linkToken(host, email, 'verify-email') }, host.guest());
      await assert.rejects(identity.grantRoleByEmail(grant, host.service({ marketplaceId: 'jaikod' })), {
        code: 'MEMBER_NOT_FOUND',
      });
      const granted = await identity.grantRoleByEmail(grant, host.service());
      assert.deepEqual([granted.id, granted.roles], [member.id, ['buyer', 'admin']]);
      assert.equal((await identity.grantRoleByEmail(grant, host.service())).version, granted.version);
      await host.deliver();
    });

    test('members are listed newest first, page by page, and found by the beginning of their address', async () => {
      await using host = await startTestHost([identityService], { binding });
      const { identity, context } = await signUp(host);
      for (const email of ['bob@example.com', 'b_c@example.com', 'bxc@example.com']) await signUp(host, { email });
      const admin = host.context({ roles: ['admin'] });
      const first = await identity.listMembers({ limit: 3 }, admin);
      const rest = await identity.listMembers({ limit: 3, cursor: first.nextCursor ?? '' }, admin);
      assert.deepEqual(
        [...first.items, ...rest.items].map(({ email }) => email),
        ['bxc@example.com', 'b_c@example.com', 'bob@example.com', 'ada@example.com'],
      );
      assert.equal(rest.nextCursor, null);
      const found = await identity.listMembers({ email: 'B_' }, admin);
      assert.deepEqual(
        found.items.map(({ email }) => email),
        ['b_c@example.com'],
      );
      await assert.rejects(identity.listMembers({}, context), { code: 'FORBIDDEN' });
      const elsewhere = await identity.listMembers({}, host.context({ roles: ['admin'], marketplaceId: 'jaikod' }));
      assert.deepEqual(elsewhere.items, []);
    });

    test('a profile is changed by its owner, and not over a change unseen', async () => {
      await using host = await startTestHost([identityService], { binding });
      const { identity, member, context } = await signUp(host);
      const changed = await identity.updateMe({ displayName: 'Countess', locale: 'th', expectedVersion: 1 }, context);
      assert.equal(changed.displayName, 'Countess');
      await assert.rejects(identity.updateMe({ displayName: 'X', expectedVersion: 1 }, context), {
        code: 'VERSION_CONFLICT',
      });
      const { items } = await identity.getMembers({ memberIds: [member.id] }, host.service());
      assert.deepEqual(
        items.map(({ displayName, locale }) => [displayName, locale]),
        [['Countess', 'th']],
      );
      await assert.rejects(identity.getMembers({ memberIds: [member.id] }, context), { code: 'FORBIDDEN' });
    });

    test('a phone that is none, and a postal code that its country does not have, are refused by field', async () => {
      await using host = await startTestHost([identityService], { binding });
      const { identity, context } = await signUp(host);
      const wrong = identity.createAddress({ ...address, phone: 'abc', postalCode: 'none' }, context);
      const pointers = (cause: unknown) =>
        (cause as { errors: { pointer: string }[] }).errors.map((each) => each.pointer);
      await assert.rejects(wrong, (cause) => {
        assert.deepEqual(pointers(cause), ['/phone', '/postalCode']);
        return true;
      });
      const { id: addressId } = await identity.createAddress(address, context);
      await assert.rejects(identity.updateAddress({ addressId, countryCode: 'JP' }, context), {
        code: 'INVALID_INPUT',
      });
      const moved = { addressId, countryCode: 'JP', postalCode: '150-0001' };
      assert.equal((await identity.updateAddress(moved, context)).postalCode, '150-0001');
    });

    test('an address book has one default, and nobody sees the addresses of another', async () => {
      await using host = await startTestHost([identityService], { binding });
      const { identity, context } = await signUp(host);
      const home = await identity.createAddress(address, context);
      assert.equal(home.isDefault, true, 'the first is the default');
      const work = await identity.createAddress({ ...address, line1: 'Office', isDefault: true }, context);
      const list = async () =>
        (await identity.listAddresses({}, context)).items.map(({ id, isDefault }) => [id, isDefault]);
      assert.deepEqual(await list(), [
        [work.id, true],
        [home.id, false],
      ]);
      const stranger = (await signUp(host, { email: 'eve@example.com' })).context;
      const notFound = { code: 'ADDRESS_NOT_FOUND', status: 404 };
      await assert.rejects(identity.getAddress({ addressId: home.id }, stranger), notFound);
      await assert.rejects(identity.updateAddress({ addressId: home.id, city: 'X' }, stranger), notFound);
      await assert.rejects(identity.deleteAddress({ addressId: home.id }, stranger), notFound);
      await identity.deleteAddress({ addressId: work.id }, context);
      assert.deepEqual(await list(), [[home.id, true]]);
      const moved = await identity.updateAddress({ addressId: home.id, city: 'Puebla' }, context);
      assert.equal(moved.city, 'Puebla');
      assert.equal(moved.line1, address.line1);
    });

    test('a demo has its four accounts, made once, and nothing else has them', async () => {
      await using real = await startTestHost([identityService], { binding, environment: { PLAZA_DEMO: 'off' } });
      const { identity: closed } = await signUp(real);
      await assert.rejects(closed.createDemoMembers({}, real.service()), { code: 'DEMO_OFF' });
      assert.deepEqual((await closed.listSignInMethods({}, real.guest())).demoAccounts, []);

      await using host = await startTestHost([identityService], { binding, environment: { PLAZA_DEMO: 'on' } });
      const { identity } = await signUp(host);
      const first = await identity.createDemoMembers({}, host.service());
      assert.deepEqual(await identity.createDemoMembers({}, host.service()), first);
      await identity.createDemoMembers({}, host.service({ marketplaceId: 'jaikod' }));
      const { demoAccounts } = await identity.listSignInMethods({}, host.guest());
      for (const { role, email, password } of demoAccounts) {
        const signedIn = await identity.signIn({ email, password }, host.guest({ marketplaceId: 'jaikod' }));
        assert.ok(signedIn.state === 'SIGNED_IN');
        const { actor } = await contextOf(host, signedIn.token, 'jaikod');
        assert.ok(actor.kind === 'member' && actor.roles.includes(role as 'buyer'));
      }
    });
  });
}

test('providers appear once they are configured and the marketplace wants them', async () => {
  const environment = { GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'secret', LINE_CLIENT_ID: 'only half' };
  await using host = await startTestHost([identityService], { environment });
  const { identity } = await signUp(host);
  const idsIn = async (marketplaceId: string) =>
    (await identity.listSignInMethods({}, host.guest({ marketplaceId }))).items.map(({ id }) => id);
  assert.deepEqual(await idsIn('bazaar'), ['password', 'phone', 'google']);
  const [route] = host.routes('identity');
  assert.ok(route);
  const response = await route.handle(
    new Request('http://bazaar.localhost:3000/api/auth/sign-in/social', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://bazaar.localhost:3000' },
      body: JSON.stringify({ provider: 'google', callbackURL: '/en' }),
    }),
    host.guest(),
  );
  const { url } = (await response.json()) as { url: string };
  assert.equal(new URL(url).host, 'accounts.google.com');
});

test('any OIDC issuer works once it is configured, and one that is down stops no other way in', async () => {
  const issuer = createServer((request, response) => {
    const url = `http://${request.headers.host}`;
    const answers: Record<string, object> = {
      '/.well-known/openid-configuration': {
        issuer: url,
        authorization_endpoint: `${url}/authorize`,
        token_endpoint: `${url}/token`,
        userinfo_endpoint: `${url}/userinfo`,
        id_token_signing_alg_values_supported: ['RS256'],
      },
      '/token': { access_token: 'access', token_type: 'bearer' },
      '/userinfo': { sub: 'grace-1', email: 'grace@example.com', email_verified: true, name: 'Grace' },
    };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answers[request.url ?? '']));
  });
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
  const { port } = issuer.address() as AddressInfo;
  const start = (marketplaceId: string) =>
    new Request(`http://${marketplaceId}.localhost:3000/api/auth/sign-in/social`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: `http://${marketplaceId}.localhost:3000` },
      body: JSON.stringify({ provider: 'oidc', callbackURL: '/en' }),
    });
  const OIDC_DISCOVERY_URL = `http://127.0.0.1:${port}/.well-known/openid-configuration`;
  const environment = { OIDC_DISCOVERY_URL, OIDC_CLIENT_ID: 'id', OIDC_CLIENT_SECRET: 'secret', OIDC_NAME: 'Work' };
  await using host = await startTestHost([identityService], { environment });
  const { identity, email, password } = await signUp(host);
  const { items } = await identity.listSignInMethods({}, host.guest({ marketplaceId: 'temuhash' }));
  assert.deepEqual(
    items.map(({ name }) => name),
    ['E-mail', 'Work'],
  );
  const [begin, comeBack] = host.routes('identity');
  assert.ok(begin && comeBack);
  const begun = await begin.handle(start('bazaar'), host.guest());
  const { url } = (await begun.json()) as { url: string };
  assert.equal(new URL(url).pathname, '/authorize');
  const state = new URL(url).searchParams.get('state');
  const cookie = begun.headers.getSetCookie().map((each) => each.split(';', 1)[0]);
  const back = await comeBack.handle(
    new Request(`http://bazaar.localhost:3000/api/auth/callback/oidc?code=code&state=${state}`, {
      headers: { cookie: cookie.join('; ') },
    }),
    host.guest(),
  );
  assert.deepEqual([back.status, back.headers.get('location')], [302, '/en']);
  const session = back.headers.getSetCookie().find((each) => each.startsWith('plaza_session=')) ?? '';
  assert.match(session, /HttpOnly/i);
  const token = decodeURIComponent(/=([^;]+)/.exec(session)?.[1] ?? '');
  assert.equal((await identity.getMe({}, await contextOf(host, token))).email, 'grace@example.com');
  assert.equal(await identity.authenticate({ token }, host.service({ marketplaceId: 'jaikod' })), null);

  issuer.closeAllConnections();
  await new Promise((resolve) => issuer.close(resolve));
  const down = await begin.handle(start('jaikod'), host.guest({ marketplaceId: 'jaikod' }));
  assert.ok(down.status >= 400);
  assert.equal(
    (await identity.signIn({ email, password }, host.guest({ marketplaceId: 'jaikod' }))).state,
    'SIGNED_IN',
  );
});

test("of better-auth's own endpoints only the way to a provider and back is open: the others know none of our rules", async () => {
  await using host = await startTestHost([identityService]);
  assert.deepEqual(
    host.routes('identity').map(({ path }) => path),
    ['/api/auth/sign-in/social', '/api/auth/callback/:provider', '/api/auth/error'],
  );
});

test('nobody takes the address that the account of a phone would have', async () => {
  await using host = await startTestHost([identityService]);
  await assert.rejects(signUp(host, { email: '66812345678@phone.invalid' }), { code: 'INVALID_INPUT' });
});
