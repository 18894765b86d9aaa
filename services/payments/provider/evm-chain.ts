import type { PublicClient } from 'viem';
import { viem } from './evm-sdk.ts';
import { ProviderUnavailable } from './provider.ts';

/** A Transfer log of the token, in the block it was seen in. Addresses are checksummed. */
export type SeenTransfer = {
  readonly blockNumber: number;
  readonly blockHash: string;
  readonly transactionHash: string;
  readonly logIndex: number;
  readonly sender: string;
  readonly receiver: string;
  readonly units: bigint;
};

/** A transaction that succeeded or was reverted, and the token's transfers in it. */
export type SentTransaction = { readonly isReverted: boolean; readonly transfers: readonly SeenTransfer[] };

/** What is asked of a chain about one token. Every question throws ProviderUnavailable when nobody answers. */
export type CoinChain = {
  chainId(): Promise<number>;
  /** Undefined when there is no ERC-20 token at the address. */
  token(): Promise<{ readonly symbol: string; readonly decimals: number } | undefined>;
  /** The number of the newest block. */
  head(): Promise<number>;
  /** Undefined for a block that the answering node does not have. */
  blockHash(blockNumber: number): Promise<string | undefined>;
  /** Transfers to these addresses, from the first block to the last, both included. */
  transfers(range: { from: number; to: number }, receivers: readonly string[]): Promise<SeenTransfer[]>;
  /** Undefined for a transaction that is in no block. */
  transaction(hash: string): Promise<SentTransaction | undefined>;
};

/** Receivers that one question names: nodes refuse longer ones. */
const RECEIVERS_MAX = 200;

/** One token of a chain, asked by JSON-RPC. */
export function connectChain(rpcUrl: string, tokenAddress: string, timeoutMs: number): CoinChain {
  const { createPublicClient, http, erc20Abi, parseEventLogs, getAddress } = viem();
  const client: PublicClient = createPublicClient({
    cacheTime: 0,
    transport: http(rpcUrl, { timeout: timeoutMs, retryCount: 1 }),
  });
  const address = getAddress(tokenAddress);
  const [transferEvent] = erc20Abi.filter((item) => item.type === 'event' && item.name === 'Transfer');
  return {
    chainId: () => asked(() => client.getChainId()),
    token: () =>
      asked(async () => {
        const code = await client.getCode({ address });
        if (code === undefined) return undefined;
        const [decimals, symbol] = await Promise.all([
          client.readContract({ address, abi: erc20Abi, functionName: 'decimals' }),
          client.readContract({ address, abi: erc20Abi, functionName: 'symbol' }),
        ]);
        return { decimals, symbol };
      }, ['ContractFunctionZeroDataError', 'ContractFunctionRevertedError', 'AbiDecodingDataSizeTooSmallError']),
    head: async () => Number(await asked(() => client.getBlockNumber())),
    blockHash: (blockNumber) =>
      asked(async () => (await client.getBlock({ blockNumber: BigInt(blockNumber) })).hash, ['BlockNotFoundError']),
    transfers: async ({ from, to }, receivers) => {
      const found: SeenTransfer[] = [];
      for (let first = 0; first < receivers.length; first += RECEIVERS_MAX) {
        const logs = await asked(() =>
          client.getLogs({
            address,
            event: transferEvent as Extract<typeof transferEvent, { type: 'event'; name: 'Transfer' }>,
            args: { to: receivers.slice(first, first + RECEIVERS_MAX).map((each) => getAddress(each)) },
            fromBlock: BigInt(from),
            toBlock: BigInt(to),
            strict: true,
          }),
        );
        for (const log of logs) found.push(seen(log));
      }
      return found;
    },
    transaction: (hash) =>
      asked(async () => {
        const receipt = await client.getTransactionReceipt({ hash: hash as `0x${string}` });
        const logs = parseEventLogs({ abi: erc20Abi, eventName: 'Transfer', logs: receipt.logs });
        return {
          isReverted: receipt.status !== 'success',
          transfers: logs.filter((log) => getAddress(log.address) === address).map(seen),
        };
      }, ['TransactionReceiptNotFoundError']),
  };
}

function seen(log: {
  readonly blockNumber: bigint;
  readonly blockHash: string;
  readonly transactionHash: string;
  readonly logIndex: number;
  readonly args: { readonly from: string; readonly to: string; readonly value: bigint };
}): SeenTransfer {
  const { blockHash, transactionHash, logIndex, args } = log;
  const [blockNumber, sender, receiver] = [Number(log.blockNumber), args.from, args.to];
  return { blockNumber, blockHash, transactionHash, logIndex, sender, receiver, units: args.value };
}

/**
 * An answer; `absent` names the errors that say there is no such thing. The address of the node, which may hold a key, is
 * told to nobody.
 */
async function asked<Answer>(question: () => Promise<Answer>): Promise<Answer>;
async function asked<Answer>(question: () => Promise<Answer>, absent: readonly string[]): Promise<Answer | undefined>;
async function asked<Answer>(
  question: () => Promise<Answer>,
  absent: readonly string[] = [],
): Promise<Answer | undefined> {
  try {
    return await question();
  } catch (error) {
    if (!(error instanceof viem().BaseError)) throw error;
    if (error.walk((each) => absent.includes((each as Error).name)) !== null) return undefined;
    throw new ProviderUnavailable(`The chain did not answer: ${error.shortMessage}`);
  }
}
