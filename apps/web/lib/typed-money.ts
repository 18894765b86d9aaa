import type { Money } from '@plaza/kernel';

/** An amount as a person would type it ("1299.50"), to fill a field with: what `typedPriceMinor` reads. */
export function typedMoney(money: Money | null | undefined): string {
  if (money === null || money === undefined) return '';
  const { currency, amountMinor } = money;
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const text = String(amountMinor).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
