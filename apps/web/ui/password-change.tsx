import { randomUUID } from 'node:crypto';
import { changePassword } from '../lib/actions/account.ts';
import { translator } from '../lib/messages.ts';
import { newPasswordField } from './new-password.ts';
import { SimpleForm } from './simple-form.tsx';

export function PasswordChange({ lang }: { lang: string }) {
  const t = translator(lang);
  return (
    <section className="card max-w-xl space-y-4 p-5" aria-labelledby="password">
      <h2 id="password" className="text-xl font-bold">
        {t('security.password')}
      </h2>
      <SimpleForm
        action={changePassword.bind(null, lang)}
        fields={[
          {
            name: 'currentPassword',
            label: t('security.currentPassword'),
            type: 'password',
            required: true,
            autoComplete: 'current-password',
          },
          newPasswordField(t, 'newPassword', t('reset.password')),
        ]}
        submit={t('security.change')}
        pending={t('form.pending')}
        idempotencyKey={randomUUID()}
      />
    </section>
  );
}
