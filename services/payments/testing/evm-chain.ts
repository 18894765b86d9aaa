import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { setTimeout as after } from 'node:timers/promises';
import { freePort } from '@plaza/runtime/testing';
import { createTestClient, encodeAbiParameters, getAddress, http, parseAbi, publicActions, walletActions } from 'viem';
import { HDKey, hdKeyToAccount, mnemonicToAccount } from 'viem/accounts';
import { openGate } from './node-gate.ts';
import { TEST_TOKEN_CREATION_CODE } from './token/creation-code.ts';

const require = createRequire(import.meta.url);

/** The words that every development chain derives its funded accounts from. */
const MNEMONIC = 'test test test test test test test test test test test junk';

/** The operator's wallet that deposits go to, whose private keys Plaza never has. */
const DEPOSITS = HDKey.fromMasterSeed(Buffer.alloc(32, 9));

const TOKEN = parseAbi([
  'function mint(address to, uint256 value)',
  'function transfer(address to, uint256 value) returns (bool)',
  'function balanceOf(address owner) view returns (uint256)',
]);

const STARTS_MAX = 200;

/** An own Ethereum chain (Anvil) with a token on it, and a buyer who has a million of it. A block is mined when it is asked for. */
export async function startChain({ decimals = 6 }: { decimals?: number } = {}) {
  const port = await freePort();
  const nodeUrl = `http://127.0.0.1:${port}`;
  const child = spawn(anvilProgram(), ['--quiet', '--host', '127.0.0.1', '--port', String(port), '--no-mining'], {
    stdio: 'ignore',
  });
  const [buyer, operator] = [mnemonicToAccount(MNEMONIC), mnemonicToAccount(MNEMONIC, { addressIndex: 1 })];
  const client = createTestClient({ mode: 'anvil', transport: http(nodeUrl, { retryCount: 0 }), cacheTime: 0 })
    .extend(publicActions)
    .extend(walletActions);
  const endsWithUs = () => child.kill('SIGKILL');
  process.once('exit', endsWithUs);
  await started(child, () => client.getChainId());

  const mine = (blocks = 1) => client.mine({ blocks });
  const mined = async (hash: `0x${string}`) => {
    await mine();
    return client.getTransactionReceipt({ hash });
  };
  const [chain, data] = [
    null,
    `${TEST_TOKEN_CREATION_CODE}${encodeAbiParameters([{ type: 'uint8' }], [decimals]).slice(2)}`,
  ];
  const { contractAddress } = await mined(
    await client.sendTransaction({ account: operator, chain, data: data as `0x${string}`, gas: 3_000_000n }),
  );
  if (contractAddress == null) throw new Error('the token was not created');
  const address = contractAddress;
  const write = { address, abi: TOKEN, chain, gas: 200_000n } as const;
  for (const { address: holder } of [buyer, operator]) {
    await mined(
      await client.writeContract({
        ...write,
        account: operator,
        functionName: 'mint',
        args: [holder, 10n ** BigInt(decimals + 6)],
      }),
    );
  }
  const send = (account: typeof buyer, to: string, units: bigint) =>
    client.writeContract({ ...write, account, functionName: 'transfer', args: [to as `0x${string}`, units] });
  const gate = await openGate(nodeUrl);
  return {
    url: gate.url,
    client,
    mine,
    tokenAddress: getAddress(address),
    buyerAddress: buyer.address,
    /** Sends tokens, and mines the block that holds them. Answers the transaction. */
    pay: async (to: string, units: bigint) => (await mined(await send(buyer, to, units))).transactionHash,
    /** The same by the operator, who sends money back. */
    payBack: async (to: string, units: bigint) => (await mined(await send(operator, to, units))).transactionHash,
    /** Replaces the last blocks with as many empty ones: what was in them never was. */
    reorganize: (depth: number) =>
      client.request({ method: 'anvil_reorg', params: [depth, []] } as never) as Promise<unknown>,
    /** Plaza gets no answer any more, until the chain goes on. */
    pause: gate.shut,
    goOn: gate.open,
    [Symbol.asyncDispose]: async () => {
      await gate[Symbol.asyncDispose]();
      child.kill('SIGKILL');
      process.off('exit', endsWithUs);
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

export type TestChain = Awaited<ReturnType<typeof startChain>>;

/** An account of the operator's wallet: as it is exported, and the address of its child that the wallet knows the key of. */
export function depositAccount(account: number) {
  const key = DEPOSITS.derive(`m/44'/60'/${account}'`);
  return {
    extendedPublicKey: key.publicExtendedKey,
    extendedPrivateKey: key.privateExtendedKey,
    addressOf: (index: number) => hdKeyToAccount(DEPOSITS, { accountIndex: account, addressIndex: index }).address,
  };
}

/** The environment of a marketplace that takes the chain's token as its currency, after three blocks. Each account has addresses of its own. */
export function coinEnvironment(
  chain: TestChain,
  account: number,
  marketplaceId = 'bazaar',
  currency = 'USD',
): Record<string, string> {
  const settings = {
    RPC_URL: chain.url,
    CHAIN_ID: '31337',
    TOKEN_ADDRESS: chain.tokenAddress,
    CURRENCY: currency,
    XPUB: depositAccount(account).extendedPublicKey,
    CONFIRMATIONS: '3',
  };
  const named = Object.entries(settings).map(([name, value]) => [
    `PLAZA_${marketplaceId.toUpperCase()}_EVM_${name}`,
    value,
  ]);
  return { ...Object.fromEntries(named), EVM_TIMEOUT_MS: '1000' };
}

/** The binary for this machine, which the package that chooses it has beside it. */
function anvilProgram(): string {
  const chooser = createRequire(require.resolve('@foundry-rs/anvil/package.json'));
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const program = process.platform === 'win32' ? 'anvil.exe' : 'anvil';
  return chooser.resolve(`@foundry-rs/anvil-${process.platform}-${architecture}/bin/${program}`);
}

async function started(child: ChildProcess, ask: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < STARTS_MAX; i++) {
    if (child.exitCode !== null) throw new Error(`anvil ended with ${child.exitCode}`);
    try {
      await ask();
      return;
    } catch {
      // It listens a little later than it starts.
      await after(50);
    }
  }
  throw new Error('anvil did not start');
}
