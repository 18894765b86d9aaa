import { Currency } from '@plaza/kernel';
import type { Platform } from '@plaza/runtime';
import { checkedAddress, extendedKeyMistake } from './evm-address.ts';
import { providerSettings } from './settings.ts';

/** How a marketplace takes a stable-coin. */
export type CoinSettings = {
  readonly rpcUrl: string;
  readonly chainId: number;
  readonly tokenAddress: string;
  /** What one whole token counts as. */
  readonly currency: Currency;
  readonly extendedPublicKey: string;
  /** Blocks that hold a transfer or follow it, before it counts. */
  readonly confirmations: number;
};

/** Twelve blocks: what exchanges ask of Ethereum's, two and a half minutes. */
const CONFIRMATIONS = 12;
const CONFIRMATIONS_MAX = 1_000;

const NAMES = ['RPC_URL', 'CHAIN_ID', 'TOKEN_ADDRESS', 'CURRENCY', 'XPUB'] as const;

type Given = { readonly settings: CoinSettings } | { readonly mistakes: readonly string[] };

/** A marketplace's settings, or what is missing or wrong, each as the environment names it. */
export function coinSettings(environment: Platform['environment'], marketplaceId: string): Given {
  const settings = providerSettings(environment, 'EVM', [...NAMES, 'CONFIRMATIONS']);
  const missing = providerSettings(environment, 'EVM', NAMES).missing(marketplaceId);
  if (missing.length > 0) return { mistakes: missing };
  const of = (name: (typeof NAMES)[number] | 'CONFIRMATIONS') => settings.of(marketplaceId, name)?.trim() ?? '';
  const mistakes: string[] = [];
  const require = <Value>(name: (typeof NAMES)[number] | 'CONFIRMATIONS', value: Value | undefined, what: string) => {
    if (value === undefined) mistakes.push(`EVM_${name}: ${what}`);
    return value;
  };
  const extendedPublicKey = of('XPUB');
  const mistake = extendedKeyMistake(extendedPublicKey);
  if (mistake === 'private')
    mistakes.push('EVM_XPUB: an extended PRIVATE key was given. Give the public one (xpub…), and move what it holds');
  if (mistake === 'unreadable') mistakes.push('EVM_XPUB: an extended public key (xpub…)');
  if (sharers(environment, extendedPublicKey) > 1)
    mistakes.push('EVM_XPUB: an account of its own; two marketplaces would give out the same addresses');
  const given = {
    rpcUrl: require('RPC_URL', /^https?:\/\//.test(of('RPC_URL')) ? of('RPC_URL') : undefined, 'an http address'),
    chainId: require('CHAIN_ID', wholeNumber(of('CHAIN_ID'), 2 ** 48), 'a number'),
    tokenAddress: require('TOKEN_ADDRESS', checkedAddress(of('TOKEN_ADDRESS')), 'an address, 0x and 40 digits'),
    currency: require('CURRENCY', Currency.safeParse(of('CURRENCY')).data, 'a currency such as USD'),
    confirmations: require('CONFIRMATIONS', of('CONFIRMATIONS') === ''
      ? CONFIRMATIONS
      : wholeNumber(of('CONFIRMATIONS'), CONFIRMATIONS_MAX), `a number from 1 to ${CONFIRMATIONS_MAX}`),
  };
  return mistakes.length > 0 ? { mistakes } : { settings: { ...(given as CoinSettings), extendedPublicKey } };
}

/** Whether a marketplace's environment says anything of a stable-coin. */
export function hasCoinSettings(environment: Platform['environment'], marketplaceId: string): boolean {
  return providerSettings(environment, 'EVM', NAMES).missing(marketplaceId).length === 0;
}

function wholeNumber(text: string, maximum: number): number | undefined {
  const number = Number(text);
  return /^\d{1,15}$/.test(text) && number >= 1 && number <= maximum ? number : undefined;
}

function sharers(environment: Platform['environment'], extendedPublicKey: string): number {
  return Object.entries(environment).filter(
    ([name, value]) => /^PLAZA_.+_EVM_XPUB$/.test(name) && value?.trim() === extendedPublicKey,
  ).length;
}
