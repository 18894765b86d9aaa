import { idSchema, Money, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';
import { examplePayment, PaymentState } from './payments.ts';

const CoinNetwork = z.object({
  chainId: z.int().meta({ description: 'The chain’s EIP-155 id.' }),
  name: z.string(),
  isTest: z.boolean().meta({ description: 'Its coins are worth nothing.' }),
});

const coinAmount = z.string().meta({ description: 'A decimal number of whole tokens, every digit that counts.' });
const address = z.string().meta({ description: 'In its checksummed form (EIP-55).' });

/** What is owed to a buyer in a stable-coin: a refund, or what they sent beyond what they owed. */
export const CoinPayback = z
  .object({
    id: idSchema('payback'),
    paymentId: idSchema('payment'),
    kind: z.enum(['refund', 'surplus']),
    state: z.enum(['owed', 'sent']),
    amount: Money,
    coinAmount,
    symbol: z.string(),
    tokenAddress: address,
    network: CoinNetwork,
    address: address.nullable().meta({ description: 'Where the buyer wants it; null until they said so.' }),
    transactionHash: z.string().nullable(),
    createdTime: z.iso.datetime(),
    sentTime: z.iso.datetime().nullable(),
  })
  .meta({ id: 'CoinPayback' });
export type CoinPayback = z.output<typeof CoinPayback>;

/** What a buyer needs to pay in a stable-coin, and what has come. */
export const CoinInstructions = z
  .object({
    paymentId: idSchema('payment'),
    state: PaymentState,
    amount: Money,
    network: CoinNetwork,
    token: z.object({ address, symbol: z.string(), decimals: z.int() }),
    address: address.meta({ description: 'For this payment alone.' }),
    dueAmount: coinAmount,
    missingAmount: coinAmount
      .nullable()
      .meta({ description: 'What has not been seen yet; null when nothing is missing.' }),
    paymentUri: z.string().meta({ description: 'For wallets: EIP-681, with the missing amount.' }),
    confirmations: z.int().meta({ description: 'Blocks that a transfer needs before it counts.' }),
    transfers: z.array(
      z.object({
        transactionHash: z.string(),
        coinAmount,
        confirmations: z.int(),
        isConfirmed: z.boolean(),
        seenTime: z.iso.datetime(),
      }),
    ),
    paybacks: z.array(CoinPayback),
    paybackAddress: address.nullable(),
    payByTime: z.iso.datetime().meta({ description: 'Until then the things are set aside.' }),
    returnUrl: z.string(),
  })
  .meta({ id: 'CoinInstructions' });
export type CoinInstructions = z.output<typeof CoinInstructions>;

const network = { chainId: 137, name: 'Polygon', isTest: false };
const tokenAddress = '0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359';
const depositAddress = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const buyerAddress = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC';
const transactionHash = '0x88df016429689c079f3b2f6ad39fa052532c56795b733da78a91ebe6a713944b';

const payback: z.input<typeof CoinPayback> = {
  id: 'pbk_01k9w6x8f0e5rbq2m3n4p5q6r7',
  paymentId: examplePayment.id,
  kind: 'surplus',
  state: 'owed',
  amount: { amountMinor: 100, currency: 'USD' },
  coinAmount: '1',
  symbol: 'USDC',
  tokenAddress,
  network,
  address: buyerAddress,
  transactionHash: null,
  createdTime: '2026-11-21T08:05:00.000Z',
  sentTime: null,
};

const instructions: z.input<typeof CoinInstructions> = {
  paymentId: examplePayment.id,
  state: 'requires_action',
  amount: examplePayment.amount,
  network,
  token: { address: tokenAddress, symbol: 'USDC', decimals: 6 },
  address: depositAddress,
  dueAmount: '1299',
  missingAmount: '299',
  paymentUri: `ethereum:${tokenAddress}@137/transfer?address=${depositAddress}&uint256=299000000`,
  confirmations: 12,
  transfers: [
    {
      transactionHash,
      coinAmount: '1000',
      confirmations: 3,
      isConfirmed: false,
      seenTime: '2026-11-21T08:04:00.000Z',
    },
  ],
  paybacks: [],
  paybackAddress: null,
  payByTime: '2026-11-21T08:30:00.000Z',
  returnUrl: 'http://bazaar.localhost:3000/en/checkout/chk_01k9w6x8f0e5rbq2m3n4p5q6r7',
};

export const coinOperations = {
  getCoinInstructions: operation({
    summary: 'How to pay a payment in a stable-coin, and what has come',
    access: 'public',
    route: { method: 'GET', path: '/payments/{paymentId}/coin-instructions' },
    input: z.object({ paymentId: idSchema('payment') }),
    output: CoinInstructions,
    errors: [errors.PAYMENT_NOT_FOUND],
    example: { input: { paymentId: examplePayment.id }, output: instructions },
  }),
  setPaybackAddress: operation({
    summary: 'Says where what is owed of a payment in a stable-coin goes back to',
    description:
      'By the buyer, once: an address that was given stays, so that nobody who finds the link turns the money to themselves. An operator may change it until all is sent.',
    access: 'public',
    route: { method: 'PUT', path: '/payments/{paymentId}/payback-address' },
    input: z.object({ paymentId: idSchema('payment'), address: z.string().trim().min(1).max(100) }),
    output: CoinInstructions,
    errors: [errors.PAYMENT_NOT_FOUND, errors.COIN_ADDRESS_INVALID, errors.PAYBACK_ADDRESS_GIVEN],
    idempotent: true,
    example: {
      input: { paymentId: examplePayment.id, address: buyerAddress },
      output: { ...instructions, paybackAddress: buyerAddress },
    },
  }),
  listCoinPaybacks: operation({
    summary: 'What is owed to buyers in a stable-coin, or was sent back, newest first',
    access: ['admin'],
    route: { method: 'GET', path: '/coin-paybacks' },
    input: z.object({ ...PageQuery, state: CoinPayback.shape.state.default('owed') }),
    output: pageOf(CoinPayback),
    example: { input: { limit: 20 }, output: { items: [payback], nextCursor: null } },
  }),
  confirmCoinPayback: operation({
    summary: 'Shows that money went back to a buyer in a stable-coin',
    description:
      'The transaction is looked up on the chain: it must hold a transfer of the token, of the exact amount, to the buyer’s address, that pays no other debt, with enough confirmations.',
    access: ['admin'],
    route: { method: 'POST', path: '/coin-paybacks/{paybackId}/confirmation', status: 200 },
    input: z.object({
      paybackId: idSchema('payback'),
      transactionHash: z
        .string()
        .trim()
        .toLowerCase()
        .regex(/^0x[0-9a-f]{64}$/, 'must be 0x and 64 hexadecimal digits'),
    }),
    output: CoinPayback,
    errors: [errors.PAYBACK_NOT_FOUND, errors.PAYBACK_UNPROVEN],
    idempotent: true,
    example: {
      input: { paybackId: payback.id, transactionHash },
      output: { ...payback, state: 'sent', transactionHash, sentTime: '2026-11-21T09:00:00.000Z' },
    },
  }),
};
