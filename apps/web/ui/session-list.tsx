import { randomUUID } from 'node:crypto';
import { revokeSession } from '../lib/actions/account.ts';
import { api } from '../lib/api.ts';
import { deviceName } from '../lib/device-name.ts';
import { formatDateTime } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { PlainActionForm } from './cart-forms.tsx';

/** Where a member is signed in; from here they sign out elsewhere. */
export async function SessionList({ lang }: { lang: string }) {
  const [client, t] = [await api(lang), translator(lang)];
  const { items: sessions } = await client.identity.listSessions({});
  return (
    <section className="card space-y-3 p-5" aria-labelledby="sessions">
      <h2 id="sessions" className="text-xl font-bold">
        {t('security.sessions')}
      </h2>
      <ul className="divide-y divide-line">
        {sessions.map(({ id, userAgent, createdTime, isCurrent }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-3 py-3">
            <div className="min-w-0">
              <p className="truncate font-medium">
                {deviceName(userAgent) ?? t('security.unknownDevice')}
                {isCurrent && <span className="chip ml-2 font-normal">{t('security.thisDevice')}</span>}
              </p>
              <p className="text-sm text-ink-muted">{formatDateTime(createdTime, lang)}</p>
            </div>
            {!isCurrent && (
              <PlainActionForm
                action={revokeSession.bind(null, lang, id)}
                idempotencyKey={randomUUID()}
                label={t('security.revoke')}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
