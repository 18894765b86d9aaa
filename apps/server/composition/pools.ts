import { type Logger, ScopedPool } from '@plaza/runtime';
import pg from 'pg';
import type { Config } from '../config.ts';

/** The databases of a process: services with the same connection string share a pool. */
export type Pools = {
  at(url: string): Promise<ScopedPool>;
  end(): Promise<void>;
};

export function createPools(config: Config, log: Logger): Pools {
  const pools = new Map<string, ScopedPool>();
  return {
    async at(url) {
      const pool = pools.get(url) ?? (await openPool(url, config, log));
      pools.set(url, pool);
      return pool;
    },
    async end() {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
    },
  };
}

/** Opens a pool; an owner, whom row-level security would not hold, becomes the application's role. */
async function openPool(url: string, config: Config, log: Logger): Promise<ScopedPool> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  let isOwner: boolean;
  try {
    const found = await client.query(
      `select rolsuper or rolbypassrls or exists (select from pg_namespace where nspname = 'plaza' and nspowner = pg_roles.oid) as is_owner
       from pg_roles where rolname = current_user`,
    );
    isOwner = found.rows[0]?.is_owner === true;
  } finally {
    await client.end();
  }
  return new ScopedPool({
    url,
    connectionsMax: config.DATABASE_CONNECTIONS_MAX,
    ...(isOwner ? { role: 'plaza_app' } : {}),
    onError: (error) => log.warn({ err: error }, 'a database connection was lost or could not be had'),
  });
}
