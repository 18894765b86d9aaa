import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** viem, read when a marketplace first needs it: reading it takes half a second. */
export function viem(): typeof import('viem') {
  return require('viem') as typeof import('viem');
}

/** viem's accounts (BIP-32), in the same way. */
export function viemAccounts(): typeof import('viem/accounts') {
  return require('viem/accounts') as typeof import('viem/accounts');
}

/** The curve of Ethereum's keys, in the same way. */
export function secp256k1(): typeof import('@noble/curves/secp256k1').secp256k1 {
  return (require('@noble/curves/secp256k1') as typeof import('@noble/curves/secp256k1')).secp256k1;
}
