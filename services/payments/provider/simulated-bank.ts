/** What a bank did with a payout. */
export type BankOutcome = { readonly state: 'paid' } | { readonly state: 'failed'; readonly reason: string };

/** A way to move money out to sellers. Both calls may be repeated. */
export type Bank = {
  /** Hands the account number to the bank; the answer names the account without holding its number. */
  registerAccount(accountNumber: string): { readonly reference: string; readonly last4: string };
  /** How a payout to that account ended. */
  settle(payout: { readonly payoutId: string; readonly reference: string }): Promise<BankOutcome>;
};

/** Accounts that end in this refuse every payout, like Stripe's test account 000111111116. */
const FAILING_ENDING = '1116';

/** A bank that pays everybody but those who ask to be refused. */
export const simulatedBank: Bank = {
  registerAccount(accountNumber) {
    const digits = accountNumber.replaceAll(/[ -]/g, '');
    const last4 = digits.slice(-4);
    return { reference: last4 === FAILING_ENDING ? 'simulated:account_closed' : 'simulated:open', last4 };
  },
  async settle({ reference }) {
    return reference === 'simulated:open' ? { state: 'paid' } : { state: 'failed', reason: 'account_closed' };
  },
};
