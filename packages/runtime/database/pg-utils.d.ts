declare module 'pg/lib/utils.js' {
  /** A value as node-postgres sends it to PostgreSQL. */
  export function prepareValue(value: unknown): unknown;
}
