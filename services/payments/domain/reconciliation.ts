import type { Currency } from '@plaza/kernel';

export type Subject = 'payment' | 'refund' | 'chargeback';

/**
 * One movement of money as a provider reports it. `reference` is the provider's own name of the payment, refund or
 * dispute. `amountMinor` is signed: money that came to us is positive. The fee is what the provider kept of it.
 */
export type ReportLine = {
  readonly subject: Subject;
  readonly reference: string;
  /** Our id of a refund where the provider repeats it: its answer with the reference may have been lost. */
  readonly refundId?: string;
  readonly amountMinor: number;
  readonly feeMinor: number;
  readonly currency: Currency;
  readonly time: Date;
};

/** The same movement in our books; `corrected` is what corrections have booked for it. */
export type OwnMovement = {
  readonly subject: Subject;
  readonly reference: string;
  readonly paymentId: string | null;
  readonly amountMinor: number;
  readonly currency: Currency;
};

/** What one side says and the other does not. */
export type Difference = {
  readonly subject: Subject;
  readonly reference: string;
  readonly paymentId: string | null;
  readonly currency: Currency;
  readonly oursMinor: number;
  readonly theirsMinor: number;
};

/** What both sides say of a currency, in minor units. */
export type Totals = {
  readonly currency: Currency;
  readonly oursMinor: number;
  readonly theirsMinor: number;
  readonly feesMinor: number;
};

export type Comparison = {
  readonly matched: number;
  readonly differences: readonly Difference[];
  readonly totals: readonly Totals[];
};

/**
 * Holds what a provider reports against what our books say, movement by movement. Several lines of one movement count
 * together. A movement in two currencies is two movements, each missing on one side.
 */
export function compare(own: readonly OwnMovement[], report: readonly ReportLine[]): Comparison {
  const found = new Map<string, Difference>();
  const at = (movement: Omit<Difference, 'oursMinor' | 'theirsMinor'>) => {
    const key = JSON.stringify([movement.subject, movement.reference, movement.currency]);
    const before = found.get(key) ?? { ...movement, oursMinor: 0, theirsMinor: 0 };
    return { key, before };
  };
  for (const { amountMinor, ...movement } of own) {
    const { key, before } = at(movement);
    const paymentId = before.paymentId ?? movement.paymentId;
    found.set(key, { ...before, paymentId, oursMinor: before.oursMinor + amountMinor });
  }
  for (const { subject, reference, currency, amountMinor } of report) {
    const { key, before } = at({ subject, reference, currency, paymentId: null });
    found.set(key, { ...before, theirsMinor: before.theirsMinor + amountMinor });
  }
  const movements = [...found.values()];
  const differences = movements.filter(({ oursMinor, theirsMinor }) => oursMinor !== theirsMinor);
  return { matched: movements.length - differences.length, differences, totals: totalsOf(movements, report) };
}

function totalsOf(movements: readonly Difference[], report: readonly ReportLine[]): Totals[] {
  const currencies = [...new Set([...movements, ...report].map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const of = movements.filter((each) => each.currency === currency);
    return {
      currency,
      oursMinor: sum(of.map(({ oursMinor }) => oursMinor)),
      theirsMinor: sum(of.map(({ theirsMinor }) => theirsMinor)),
      feesMinor: sum(report.filter((line) => line.currency === currency).map(({ feeMinor }) => feeMinor)),
    };
  });
}

/** How a difference reads: one side does not know the movement at all, or both do with other amounts. */
export function kindOf({ oursMinor, theirsMinor }: Pick<Difference, 'oursMinor' | 'theirsMinor'>) {
  if (oursMinor === 0) return 'missing_here' as const;
  return theirsMinor === 0 ? ('missing_there' as const) : ('amount_differs' as const);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
