/** Chooses a month of a list, by address. */
export function MonthForm({
  action,
  month,
  labels,
}: {
  action: string;
  month: string;
  labels: { readonly month: string; readonly show: string };
}) {
  return (
    <form action={action} className="flex flex-wrap items-end gap-3">
      <label className="space-y-1">
        <span className="block text-sm font-medium">{labels.month}</span>
        <input
          className="input"
          type="month"
          name="month"
          defaultValue={month}
          key={month}
          pattern="20\d\d-(0[1-9]|1[0-2])"
          required
        />
      </label>
      <button type="submit" className="button button-quiet">
        {labels.show}
      </button>
    </form>
  );
}
