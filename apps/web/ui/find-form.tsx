/** Finds entries of a list by one text, by address. */
export function FindForm({
  action,
  name,
  value,
  label,
  submit,
}: {
  action: string;
  name: string;
  value: string;
  label: string;
  submit: string;
}) {
  return (
    <form action={action} className="flex max-w-xl items-end gap-2">
      <label className="grow space-y-1">
        <span className="block text-sm font-medium">{label}</span>
        <input className="input" type="search" name={name} defaultValue={value} key={value} maxLength={254} />
      </label>
      <button type="submit" className="button button-quiet">
        {submit}
      </button>
    </form>
  );
}
