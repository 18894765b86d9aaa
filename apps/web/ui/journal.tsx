import { api } from '../lib/api.ts';
import { formatNumber } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { Verdict } from './verdict.tsx';

/** The chain of hashes over every transfer: how far it goes, and whether it is intact. */
export async function Journal({ lang, isToVerify }: { lang: string; isToVerify: boolean }) {
  const [client, t] = [await api(lang), translator(lang)];
  const journal = await client.payments.getJournal({});
  return (
    <section className="space-y-3" aria-labelledby="journal">
      <h2 id="journal" className="text-xl font-bold">
        {t('ledger.journal')}
      </h2>
      <p>
        {t('ledger.journalState', {
          linked: formatNumber(journal.linkCount, lang),
          waiting: formatNumber(journal.waitingCount, lang),
        })}
      </p>
      <p className="break-all font-mono text-sm text-ink-muted">
        {journal.linkCount}:{journal.headHash}
      </p>
      {isToVerify ? (
        <JournalVerdict lang={lang} />
      ) : (
        <form action={paths.adminLedger(lang)}>
          <button type="submit" name="verify" value="all" className="button button-quiet">
            {t('ledger.verify')}
          </button>
        </form>
      )}
    </section>
  );
}

/** Recomputes the whole chain; only when asked, because that reads every transfer. */
async function JournalVerdict({ lang }: { lang: string }) {
  const [client, t] = [await api(lang), translator(lang)];
  const { isIntact, linkCount, firstBroken, outsideTransferId } = await client.payments.verifyJournal({});
  if (isIntact) return <Verdict isGood text={t('admin.chainIntact', { count: formatNumber(linkCount, lang) })} />;
  const text =
    firstBroken === null
      ? t('ledger.outside', { transfer: outsideTransferId ?? '' })
      : t('admin.chainBroken', { sequence: formatNumber(firstBroken.sequence, lang) });
  return <Verdict isGood={false} text={text} />;
}
