import { empty, join, type Queries, raw, type Sql, sql } from '@plaza/runtime';
import { type CleanedWhere, createAdapterFactory } from 'better-auth/adapters';

/** better-auth's names of its tables, and ours. Only these are ever put into a statement. */
const TABLES: Readonly<Record<string, Sql>> = {
  user: raw('identity."user"'),
  session: raw('identity.session'),
  account: raw('identity.account'),
  verification: raw('identity.verification'),
  twoFactor: raw('identity.two_factor'),
};

type Row = Record<string, unknown>;

/**
 * Lets better-auth keep its tables on the service's own connections, so that row-level security holds for it as for
 * everyone: sessions of other marketplaces do not exist for it.
 */
export function authAdapter(queries: Queries) {
  const first = async (statement: Sql): Promise<Row | null> => {
    const row = await queries.row<Row>(statement);
    return row === undefined ? null : camelKeys(row);
  };
  return createAdapterFactory({
    config: { adapterId: 'plaza', supportsNumericIds: false, supportsJSON: false, transaction: false },
    adapter: () => ({
      create: async ({ model, data }) => {
        const columns = join(Object.keys(data).map(column));
        const values = join(Object.values(data).map((value) => sql`${value}`));
        return (await first(sql`insert into ${tableOf(model)} (${columns}) values (${values}) returning *`)) as never;
      },
      findOne: async ({ model, where }) =>
        (await first(sql`select * from ${tableOf(model)}${conditionOf(where)} limit 1`)) as never,
      findMany: async ({ model, where, limit, sortBy, offset }) => {
        const order =
          sortBy === undefined
            ? empty
            : sql` order by ${column(sortBy.field)} ${raw(sortBy.direction === 'desc' ? 'desc' : 'asc')}`;
        const rows = await queries.rows<Row>(
          sql`select * from ${tableOf(model)}${conditionOf(where)}${order} limit ${limit} offset ${offset ?? 0}`,
        );
        return rows.map(camelKeys) as never;
      },
      update: async ({ model, where, update }) =>
        (await first(
          sql`update ${tableOf(model)} set ${assignments(update as Row)}${conditionOf(where)} returning *`,
        )) as never,
      updateMany: ({ model, where, update }) =>
        queries.execute(sql`update ${tableOf(model)} set ${assignments(update)}${conditionOf(where)}`),
      delete: async ({ model, where }) => {
        await queries.execute(sql`delete from ${tableOf(model)}${conditionOf(where)}`);
      },
      deleteMany: ({ model, where }) => queries.execute(sql`delete from ${tableOf(model)}${conditionOf(where)}`),
      // One statement, so that of two requests with one link or code only one gets it.
      consumeOne: async ({ model, where }) => {
        const table = tableOf(model);
        return (await first(
          sql`delete from ${table} where id = (select id from ${table}${conditionOf(where)} limit 1 for update skip locked) returning *`,
        )) as never;
      },
      incrementOne: async ({ model, where, increment, set }) => {
        const sums = Object.entries(increment).map(
          ([field, delta]) => sql`${column(field)} = coalesce(${column(field)}, 0) + ${delta}`,
        );
        const changes = [
          ...sums,
          ...Object.entries(set ?? {}).map(([field, value]) => sql`${column(field)} = ${value}`),
        ];
        return (await first(
          sql`update ${tableOf(model)} set ${join(changes)}${conditionOf(where)} returning *`,
        )) as never;
      },
      count: async ({ model, where }) =>
        (
          await queries.one<{ count: number }>(
            sql`select count(*) as count from ${tableOf(model)}${conditionOf(where)}`,
          )
        ).count,
    }),
  });
}

function tableOf(model: string): Sql {
  const table = TABLES[model];
  if (table === undefined) throw new Error(`better-auth asked for a table we do not have: ${model}`);
  return table;
}

/** `emailVerified` → `email_verified`. Names come from better-auth's own schema; anything else is refused. */
function column(field: string): Sql {
  if (!/^[a-zA-Z]+$/.test(field)) throw new Error(`better-auth asked for a column we cannot have: ${field}`);
  return raw(field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}

function camelKeys(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}

function assignments(update: Row): Sql {
  return join(Object.entries(update).map(([field, value]) => sql`${column(field)} = ${value}`));
}

/** All AND conditions hold, and at least one of the OR conditions, if there are any. */
function conditionOf(where: readonly CleanedWhere[] | undefined): Sql {
  if (where === undefined || where.length === 0) return empty;
  const all = where.filter(({ connector }) => connector !== 'OR').map(comparison);
  const some = where.filter(({ connector }) => connector === 'OR').map(comparison);
  const parts = some.length === 0 ? all : [...all, sql`(${join(some, ' or ')})`];
  return sql` where ${join(parts, ' and ')}`;
}

const COMPARISONS: Readonly<Record<string, string>> = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' };

function comparison({ field, operator = 'eq', value }: CleanedWhere): Sql {
  const name = column(field);
  if (value === null) return operator === 'ne' ? sql`${name} is not null` : sql`${name} is null`;
  if (operator === 'in') return sql`${name} = any(${value})`;
  if (operator === 'not_in') return sql`not (${name} = any(${value}))`;
  if (operator === 'starts_with') return sql`starts_with(${name}, ${value})`;
  const symbol = COMPARISONS[operator];
  if (symbol === undefined) throw new Error(`better-auth asked for a comparison we do not know: ${operator}`);
  return sql`${name} ${raw(symbol)} ${value}`;
}
