import { type Currency, currencyExponent, invariant } from '@plaza/kernel';

/** A chain as people know it. `isTest`: its coins are worth nothing. */
export type Network = { readonly chainId: number; readonly name: string; readonly isTest: boolean };

/** Chains by their EIP-155 ids, from https://chainid.network. Any other is called by its number. */
const NETWORKS: readonly Network[] = [
  { chainId: 1, name: 'Ethereum', isTest: false },
  { chainId: 10, name: 'OP Mainnet', isTest: false },
  { chainId: 56, name: 'BNB Smart Chain', isTest: false },
  { chainId: 100, name: 'Gnosis', isTest: false },
  { chainId: 137, name: 'Polygon', isTest: false },
  { chainId: 8_453, name: 'Base', isTest: false },
  { chainId: 42_161, name: 'Arbitrum One', isTest: false },
  { chainId: 42_220, name: 'Celo', isTest: false },
  { chainId: 43_114, name: 'Avalanche', isTest: false },
  { chainId: 59_144, name: 'Linea', isTest: false },
  { chainId: 1_337, name: 'Local test chain', isTest: true },
  { chainId: 31_337, name: 'Local test chain', isTest: true },
  { chainId: 80_002, name: 'Polygon Amoy', isTest: true },
  { chainId: 84_532, name: 'Base Sepolia', isTest: true },
  { chainId: 421_614, name: 'Arbitrum Sepolia', isTest: true },
  { chainId: 11_155_111, name: 'Sepolia', isTest: true },
  { chainId: 11_155_420, name: 'OP Sepolia', isTest: true },
];

export function networkOf(chainId: number): Network {
  return (
    NETWORKS.find((network) => network.chainId === chainId) ?? { chainId, name: `EVM chain ${chainId}`, isTest: false }
  );
}

/** How many of a token's smallest units make one minor unit. A token with fewer decimals than the currency has none. */
function unitsPerMinor(currency: Currency, decimals: number): bigint {
  const exponent = currencyExponent(currency);
  invariant(decimals >= exponent, `a token of ${decimals} decimals cannot stand for ${currency}`);
  return 10n ** BigInt(decimals - exponent);
}

/** An amount in a token's smallest units. Exact: a token has at least the currency's decimals. */
export function unitsOf(amountMinor: number, currency: Currency, decimals: number): bigint {
  return BigInt(amountMinor) * unitsPerMinor(currency, decimals);
}

/** The whole minor units in an amount of a token, rounded down, and the dust that is less than one. */
export function minorOf(units: bigint, currency: Currency, decimals: number): { minor: number; dustUnits: bigint } {
  const per = unitsPerMinor(currency, decimals);
  const minor = units / per;
  invariant(minor <= BigInt(Number.MAX_SAFE_INTEGER), 'an amount of a token fits in minor units');
  return { minor: Number(minor), dustUnits: units % per };
}

/** Units as people read them, every digit that counts: `coinText(12_990_000n, 6)` → `12.99`. */
export function coinText(units: bigint, decimals: number): string {
  const digits = units.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** What a wallet reads from a QR code to send a token: EIP-681, `transfer(address,uint256)` of ERC-20. */
export function paymentUri(of: { tokenAddress: string; chainId: number; address: string; units: bigint }): string {
  return `ethereum:${of.tokenAddress}@${of.chainId}/transfer?address=${of.address}&uint256=${of.units}`;
}

/** What lies at the address of a payment, in minor units, and what has been made of it. */
export type DepositStanding = {
  /** `open`: it waits for the buyer. `captured`: paid, whatever was refunded since. `closed`: given up. */
  readonly payment: 'open' | 'captured' | 'closed';
  readonly dueMinor: number;
  /** Transfers with enough confirmations. */
  readonly confirmedMinor: number;
  /** Whether transfers are on their way that have too few. */
  readonly hasUnconfirmed: boolean;
  /** What was booked as owed to the buyer before; it does not pay any more. */
  readonly owedMinor: number;
};

/**
 * What to make of it. Enough captures, also after the payment was given up; the rest is owed to the buyer. Too little
 * waits while the payment is open, and is owed once it is closed and nothing is on its way that could complete it.
 * `missingMinor`: money that was captured or owed and is on the chain no more.
 */
export function decideDeposit(standing: DepositStanding): {
  readonly isCaptured: boolean;
  readonly oweMinor: number;
  readonly missingMinor: number;
} {
  const { payment, dueMinor, confirmedMinor, hasUnconfirmed, owedMinor } = standing;
  const isPaid = payment === 'captured';
  const freeMinor = confirmedMinor - owedMinor - (isPaid ? dueMinor : 0);
  if (isPaid) return { isCaptured: false, oweMinor: Math.max(0, freeMinor), missingMinor: Math.max(0, -freeMinor) };
  if (freeMinor >= dueMinor) return { isCaptured: true, oweMinor: freeMinor - dueMinor, missingMinor: 0 };
  const isOwed = payment === 'closed' && !hasUnconfirmed;
  return { isCaptured: false, oweMinor: isOwed ? Math.max(0, freeMinor) : 0, missingMinor: Math.max(0, -freeMinor) };
}
