import type { BuyingDependencies } from '../dependencies.ts';
import type { CheckoutRecord } from '../domain/checkout.ts';
import type { Quote } from '../domain/quote.ts';
import { fingerprintOf, questionOf, type TaxAnswer, type TaxQuestion, taxesOf } from '../domain/tax-engine.ts';
import { errors } from '../errors.ts';
import type { OpenTaxEngine } from '../tax/engines.ts';
import { quoteFor } from './price-checkout.ts';

/** Puts an outside engine's taxes into a checkout's quote. `before` is the last quote, whose answer may still hold. */
export type PriceTaxes = (checkout: CheckoutRecord, before: Quote) => Promise<CheckoutRecord>;

/**
 * For one request: the same question is asked once, however often the request prices. A marketplace without an engine is
 * priced by its table, and nothing is done here. Without an address the table is an estimate until there is one.
 */
export function priceTaxes(
  { taxEngines, marketplaces, log }: Pick<BuyingDependencies, 'taxEngines' | 'marketplaces' | 'log'>,
  marketplaceId: string,
): PriceTaxes {
  const open = taxEngines.get(marketplaceId);
  if (open === undefined) return async (checkout) => checkout;
  const asked = new Map<string, Promise<TaxAnswer>>();
  const ask = (fingerprint: string, question: TaxQuestion): Promise<TaxAnswer> => {
    const answer = asked.get(fingerprint) ?? answerOf(open, question);
    asked.set(fingerprint, answer);
    return answer;
  };
  return async (checkout, before) => {
    const { address, basis } = checkout;
    if (address === null) return checkout;
    const { engine, onFailure } = open;
    const question = questionOf(checkout.quote, address, new Map(basis.lines.map((line) => [line.lineId, line])));
    const fingerprint = fingerprintOf(engine.name, question);
    const { taxedBy } = before;
    const settings = marketplaces.get(marketplaceId);
    if (taxedBy?.fingerprint === fingerprint && !taxedBy.isFallback)
      return withQuote(checkout, quoteFor(basis, checkout, settings, { source: taxedBy, taxes: taxesOf(before) }));
    try {
      const { reference, taxes } = await ask(fingerprint, question);
      const source = { engine: engine.name, reference, isFallback: false, fingerprint };
      return withQuote(checkout, quoteFor(basis, checkout, settings, { source, taxes }));
    } catch (error) {
      log.warn({ err: error, engine: engine.name, onFailure }, 'a tax engine did not answer');
      if (onFailure === 'refuse') throw errors.TAX_UNAVAILABLE({});
      const source = { engine: engine.name, reference: null, isFallback: true, fingerprint };
      return withQuote(checkout, { ...checkout.quote, taxedBy: source });
    }
  };
}

async function answerOf({ engine, timeoutMs }: OpenTaxEngine, question: TaxQuestion): Promise<TaxAnswer> {
  if (question.items.length === 0) return { reference: null, taxes: new Map() };
  return engine.quote(question, AbortSignal.timeout(timeoutMs));
}

function withQuote(checkout: CheckoutRecord, quote: Quote): CheckoutRecord {
  return { ...checkout, quote, totalMinor: quote.totalMinor };
}
