import type { WalletMovement } from '@plaza/payments/contract';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { MovementsTable } from './movements-table.tsx';

/** What has moved in a wallet, newest first; a purchase and a refund lead to their order. */
export function WalletMovements({ lang, movements }: { lang: string; movements: readonly WalletMovement[] }) {
  const t = translator(lang);
  if (movements.length === 0) return <p className="card p-5 text-ink-muted">{t('wallet.noMovements')}</p>;
  return (
    <MovementsTable
      lang={lang}
      label={t('wallet.movements')}
      movements={movements}
      hrefOf={({ orderId }) => (orderId === null ? undefined : paths.order(lang, orderId))}
    />
  );
}
