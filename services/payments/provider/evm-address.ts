import { secp256k1, viem, viemAccounts } from './evm-sdk.ts';

/**
 * The address that receives one payment: child 0/`index` of an account's extended public key (BIP-32 public derivation;
 * BIP-44 calls 0 the chain of addresses that are given to others). Its private key is in the operator's own wallet, at
 * m/44'/60'/account'/0/`index`, and never here.
 *
 * @throws Error for what is not an extended public key
 */
export function depositAddress(extendedPublicKey: string, index: number): string {
  const key = viemAccounts().HDKey.fromExtendedKey(extendedPublicKey).deriveChild(0).deriveChild(index);
  if (key.publicKey === null) throw new Error('a child of a public key has a public key');
  const point = secp256k1().ProjectivePoint.fromHex(key.publicKey);
  return viem().getAddress(`0x${viem().keccak256(point.toRawBytes(false).subarray(1)).slice(-40)}`);
}

/** What is wrong with an extended public key; undefined when addresses can be derived from it. */
export function extendedKeyMistake(text: string): 'private' | 'unreadable' | undefined {
  try {
    return viemAccounts().HDKey.fromExtendedKey(text).privateKey === null ? undefined : 'private';
  } catch {
    // Not base58, a wrong checksum, or a key of another kind: all of them are no extended key.
    return 'unreadable';
  }
}

/** An address in its checksummed form (EIP-55); undefined for what is none, or has a typing mistake in its capitals. */
export function checkedAddress(text: string): string | undefined {
  return viem().isAddress(text) ? viem().getAddress(text) : undefined;
}
