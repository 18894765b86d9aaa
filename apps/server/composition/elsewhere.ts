import type { Client, Contract, EventEnvelope } from '@plaza/kernel';
import { bindRemotely } from '@plaza/kernel/remote';
import type { AnyServiceDefinition, Failures } from '@plaza/runtime';
import type { Config } from '../config.ts';

/** The services that run in other processes, each at its `<SERVICE>_URL`. */
export type Elsewhere = {
  readonly clients: Readonly<Record<string, Client<Contract>>>;
  /** Whether there are other processes. */
  readonly isSomewhere: boolean;
  /** Tells every other process of events, in order. Answers those that one of them did not take, with what it said. */
  tell(events: readonly EventEnvelope[]): Promise<Failures>;
  /**
   * Tells every other process that all have taken what changed these marketplaces. One that cannot be told answers guests
   * from before for some seconds more.
   */
  tellTaken(marketplaceIds: readonly string[]): Promise<void>;
};

/** How long a process is waited for that is told that all have taken something: it has nothing to do but forget. */
const TAKEN_MS_MAX = 2_000;

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
    isSomewhere: urls.size > 0,
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
    async tellTaken(marketplaceIds) {
      await Promise.allSettled(
        [...urls].map((url) =>
          post(new URL('/internal/taken', url), {
            type: 'application/json',
            body: { marketplaceIds },
            serviceToken: config.serviceToken,
            timeoutMs: TAKEN_MS_MAX,
          }),
        ),
      );
    },
  };
}

function sendEvent(url: string, serviceToken: string, event: EventEnvelope): Promise<void> {
  return post(new URL('/internal/events', url), {
    type: 'application/cloudevents+json',
    body: event,
    serviceToken,
    timeoutMs: 30_000,
  });
}

async function post(
  url: URL,
  { type, body, serviceToken, timeoutMs }: { type: string; body: object; serviceToken: string; timeoutMs: number },
): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${serviceToken}` },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) throw new Error(`what was told was refused with ${response.status} at ${url}`);
}

/** A service that neither runs here nor is known elsewhere: every call says so. */
function unreachable(contract: Contract, name: string): Client<Contract> {
  const refuse = () => Promise.reject(new Error(`Service ${name} does not run here. Set ${name.toUpperCase()}_URL.`));
  return Object.fromEntries(Object.keys(contract).map((each) => [each, refuse])) as unknown as Client<Contract>;
}
