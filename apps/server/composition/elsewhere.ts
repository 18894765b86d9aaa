import type { Client, Contract, EventEnvelope } from '@plaza/kernel';
import { bindRemotely } from '@plaza/kernel/remote';
import type { AnyServiceDefinition, Failures } from '@plaza/runtime';
import type { Config } from '../config.ts';

/** The services that run in other processes, each at its `<SERVICE>_URL`. */
export type Elsewhere = {
  readonly clients: Readonly<Record<string, Client<Contract>>>;
  /** Tells every other process of events, in order. Answers those that one of them did not take, with what it said. */
  tell(events: readonly EventEnvelope[]): Promise<Failures>;
};

export function reachElsewhere(services: readonly AnyServiceDefinition[], config: Config): Elsewhere {
  const clients: Record<string, Client<Contract>> = {};
  const urls = new Set<string>();
  for (const { name, contract } of services) {
    const url = config.environment[`${name.toUpperCase()}_URL`];
    if (url === undefined) {
      clients[name] = unreachable(contract, name);
      continue;
    }
    urls.add(url);
    clients[name] = bindRemotely(name, contract, url, config.serviceToken);
  }
  return {
    clients,
    async tell(events) {
      const failures = new Map<string, unknown>();
      const sendAll = async (url: string): Promise<void> => {
        for (const event of events)
          await sendEvent(url, config.serviceToken, event).catch((error) =>
            failures.set(event.id, failures.get(event.id) ?? error),
          );
      };
      await Promise.all([...urls].map(sendAll));
      return failures;
    },
  };
}

async function sendEvent(url: string, serviceToken: string, event: EventEnvelope): Promise<void> {
  const response = await fetch(new URL('/internal/events', url), {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents+json', authorization: `Bearer ${serviceToken}` },
    body: JSON.stringify(event),
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(`events were refused with ${response.status} at ${url}`);
}

/** A service that neither runs here nor is known elsewhere: every call says so. */
function unreachable(contract: Contract, name: string): Client<Contract> {
  const refuse = () => Promise.reject(new Error(`Service ${name} does not run here. Set ${name.toUpperCase()}_URL.`));
  return Object.fromEntries(Object.keys(contract).map((each) => [each, refuse])) as unknown as Client<Contract>;
}
