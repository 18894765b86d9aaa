import { StartProblem } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { Platform } from '@plaza/runtime';
import type { TaxEngine } from '../domain/tax-engine.ts';
import { createStripeTax } from './stripe-tax.ts';

/** An outside engine, and what the marketplace allows it. */
export type OpenTaxEngine = {
  readonly engine: TaxEngine;
  readonly timeoutMs: number;
  readonly onFailure: 'refuse' | 'table';
};

/** The engine of each marketplace that has one. Refuses to start when its secret is missing. */
export function openTaxEngines({
  marketplaces,
  environment,
}: Pick<Platform, 'marketplaces' | 'environment'>): ReadonlyMap<string, OpenTaxEngine> {
  return new Map(
    marketplaces.list().flatMap((settings) => {
      const opened = openEngine(settings, environment);
      return opened === undefined ? [] : [[settings.id, opened] as const];
    }),
  );
}

function openEngine(
  { id, taxEngine }: MarketplaceSettings,
  environment: Platform['environment'],
): OpenTaxEngine | undefined {
  if (taxEngine === undefined) return undefined;
  const { provider, pricesIncludeTax, timeoutMs, onFailure } = taxEngine;
  switch (provider) {
    case 'stripe-tax': {
      const name = `PLAZA_${id.toUpperCase().replaceAll('-', '_')}_STRIPE_SECRET_KEY`;
      const secretKey = environment[name];
      if (!secretKey) throw new StartProblem(`${id}: taxEngine is stripe-tax, which needs ${name}`);
      const apiBase = (environment.STRIPE_API_BASE || 'https://api.stripe.com').replace(/\/$/, '');
      return { engine: createStripeTax({ secretKey, apiBase, pricesIncludeTax }), timeoutMs, onFailure };
    }
    default:
      return provider satisfies never;
  }
}
