/** One thing to say yes to. */
export function CheckField({ name, label, isChecked = false }: { name: string; label: string; isChecked?: boolean }) {
  return (
    <label className="flex min-h-11 items-center gap-3">
      <input type="checkbox" name={name} defaultChecked={isChecked} className="size-5" />
      {label}
    </label>
  );
}
