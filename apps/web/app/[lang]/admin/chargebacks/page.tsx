import { bankReason } from '@plaza/payments/contract';
import type { Metadata } from 'next';
import { api } from '../../../../lib/api.ts';
import { formatDateTime, formatMoney, textIn } from '../../../../lib/format.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { Empty } from '../../../../ui/empty.tsx';
import { Link } from '../../../../ui/link.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { StateBadge } from '../../../../ui/order-list.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('chargeback.list') };
}

/** Payments that buyers' banks take back, newest first. */
export default async function ChargebacksPage({ params, searchParams }: Props) {
  const [{ lang }, { cursor }] = [await params, await searchParams];
  await requireOperator('admin');
  const [client, t] = [await api(lang), translator(lang)];
  const page = await client.payments.listChargebacks({ limit: 30, cursor });
  return (
    <>
      <h1 className="text-3xl font-bold">{t('chargeback.list')}</h1>
      <p className="max-w-prose text-ink-muted">{t('chargeback.hint')}</p>
      {page.items.length === 0 ? (
        <Empty icon="check" title={t('admin.nothing')} />
      ) : (
        <ul className="card divide-y divide-line">
          {page.items.map((each) => {
            const isToRule = each.state === 'lost' && !each.isSettled;
            return (
              <li key={each.id} className="relative flex flex-wrap items-start justify-between gap-3 p-4">
                <div className="min-w-40 grow">
                  <h2 className="font-semibold">
                    <Link href={paths.adminChargeback(lang, each.id)} className="after:absolute after:inset-0">
                      {textIn(bankReason(each.reason), lang)}
                    </Link>
                  </h2>
                  <p className="text-sm text-ink-muted">
                    {each.provider} · {formatDateTime(each.createdTime, lang)}
                  </p>
                  {each.state === 'opened' && each.evidence === null && each.evidenceDueTime !== null && (
                    <p>
                      {t('chargeback.due')}: {formatDateTime(each.evidenceDueTime, lang)}
                    </p>
                  )}
                </div>
                <StateBadge
                  label={t(isToRule ? 'chargeback.toRule' : `chargeback.state.${each.state}`)}
                  isFinal={each.state !== 'opened' && !isToRule}
                />
                <p className="font-semibold">{formatMoney(each.amount, lang)}</p>
              </li>
            );
          })}
        </ul>
      )}
      <NextPage path={paths.adminChargebacks(lang)} cursor={page.nextCursor} label={t('browse.more')} />
    </>
  );
}
