import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { invariant } from '@plaza/kernel';
import type { Marketplaces } from '@plaza/kernel/marketplace';
import type { Database, Queries } from '@plaza/runtime';
import { type LoadedProcess, loadProcess } from './domain/process/load.ts';
import type { Process } from './domain/process/process.ts';
import { findProcess, keepProcesses } from './store/process.ts';

/** The processes of every marketplace: those that new orders begin with, and those that older ones go on by. */
export type Processes = {
  /** The current version of a process by name. */
  current(marketplaceId: string, name: string): LoadedProcess;
  /** The version an order began with. */
  version(queries: Queries, marketplaceId: string, name: string, version: string): Promise<Process>;
  /** Keeps the current versions in the database, before the first order needs them. */
  keep(database: Database): Promise<void>;
};

/** Marketplaces often sell by the same words: a text is read and checked once in a process. */
const byText = new Map<string, LoadedProcess>();

/**
 * Reads and checks `marketplaces/<id>/processes/*.yaml`. A process that a marketplace's settings name must be there.
 * @throws ProcessMistakes
 */
export function openProcesses(marketplaces: Marketplaces): Processes {
  const loaded = new Map<string, LoadedProcess>();
  const versions = new Map<string, Process>();
  for (const { id, processes } of marketplaces.list()) {
    const folder = path.join(marketplaces.folderOf(id), 'processes');
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
      const name = path.basename(file, '.yaml');
      const text = readFileSync(path.join(folder, file), 'utf8');
      const process = { ...(byText.get(text) ?? loadProcess(name, `${id}/processes/${file}`, text)), name };
      byText.set(text, process);
      loaded.set(`${id}/${process.name}`, process);
      versions.set(`${id}/${process.name}/${process.version}`, process.process);
    }
    for (const [use, name] of Object.entries(processes)) {
      if (name === undefined) continue;
      const found = loaded.get(`${id}/${name}`);
      invariant(
        found !== undefined,
        `${id}/marketplace.yaml names the process ${name}; ${id}/processes/${name}.yaml must exist`,
      );
      const way = found.process.returns?.process;
      invariant(
        way === undefined || loaded.get(`${id}/${way}`)?.process.kind === 'return',
        `${id}/processes/${name}.yaml names the process ${way} for returns; it must be there, of kind return`,
      );
      invariant(
        (found.process.paid === 'onDelivery') === (use === 'cashOnDelivery'),
        `${id}/marketplace.yaml names the process ${name} for ${use}; only that of cashOnDelivery must be paid onDelivery`,
      );
      const kind = use === 'offer' ? 'offer' : 'sale';
      invariant(
        found.process.kind === kind,
        `${id}/marketplace.yaml names the process ${name} for ${use}; it must be of kind ${kind}`,
      );
    }
  }
  return {
    current(marketplaceId, name) {
      const found = loaded.get(`${marketplaceId}/${name}`);
      invariant(found !== undefined, `no process ${name} in ${marketplaceId}`);
      return found;
    },
    async version(queries, marketplaceId, name, version) {
      const key = `${marketplaceId}/${name}/${version}`;
      const known = versions.get(key) ?? (await findProcess(queries, marketplaceId, name, version));
      invariant(known !== undefined, `process ${key} is gone`);
      versions.set(key, known);
      return known;
    },
    async keep(database) {
      for (const { id } of marketplaces.list()) {
        const own = [...loaded].filter(([key]) => key.startsWith(`${id}/`)).map(([, process]) => process);
        await database.transaction(id, (tx) => keepProcesses(tx, id, own));
      }
    },
  };
}
