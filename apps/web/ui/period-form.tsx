import type { Period } from '../lib/period.ts';

/** Chooses the first and the last day of a list, by address. */
export function PeriodForm({
  action,
  period: { from, to },
  labels,
}: {
  action: string;
  period: Period;
  labels: { readonly from: string; readonly to: string; readonly show: string };
}) {
  return (
    <form action={action} className="flex flex-wrap items-end gap-3">
      <label className="space-y-1">
        <span className="block text-sm font-medium">{labels.from}</span>
        <input className="input" type="date" name="from" defaultValue={from} key={from} required />
      </label>
      <label className="space-y-1">
        <span className="block text-sm font-medium">{labels.to}</span>
        <input className="input" type="date" name="to" defaultValue={to} key={to} required />
      </label>
      <button type="submit" className="button button-quiet">
        {labels.show}
      </button>
    </form>
  );
}
