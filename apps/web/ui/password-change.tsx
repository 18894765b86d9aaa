import { randomUUID } from 'node:crypto';
import { changePassword } from '../lib/actions/account.ts';
import { translator } from '../lib/messages.ts';
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
          {
            name: 'newPassword',
            label: t('reset.password'),
            type: 'password',
            hint: t('signUp.passwordHint'),
            required: true,
            autoComplete: 'new-password',
            minLength: 8,
          },
        ]}
        submit={t('security.change')}
        pending={t('form.pending')}
        idempotencyKey={randomUUID()}
      />
    </section>
  );
}
