import pg from 'pg';
import { catalogRow, SIZES, STOCK } from '../catalog.ts';

/** Rows of one insert. */
const BATCH_ROWS = 1000;

const SCHEMA = `
  create table listing (
    id bigint primary key, title text not null, description text not null, category text not null,
    condition text not null, price_minor bigint not null, image_url text, published_time timestamptz not null default now(),
    words tsvector generated always as (to_tsvector('simple', title)) stored);
  create table variant (
    id bigint primary key, listing_id bigint not null, title text not null, price_minor bigint not null,
    on_hand bigint not null check (on_hand >= 0));
  create index on listing (published_time, id);
  create index on listing (category, published_time, id);
  create index on listing (category, condition);
  create index on listing using gin (words);
  create index on variant (listing_id);
  create table cart (id bigint generated always as identity primary key, guest_id text not null);
  create table cart_line (cart_id bigint not null, variant_id bigint not null, quantity int not null, primary key (cart_id, variant_id));
  create table checkout (id bigint generated always as identity primary key, cart_id bigint not null, email text not null, address jsonb not null, total_minor bigint not null, state text not null default 'open');
  create table placed_order (id bigint generated always as identity primary key, checkout_id bigint not null unique, total_minor bigint not null, lines jsonb not null);
  create table entry (id bigint generated always as identity primary key, order_id bigint not null, account text not null, amount_minor bigint not null);`;

/** Makes the bare server's tables, and fills them with the same catalog in batches. Answers the rows a second. */
export async function fillBareDatabase(
  databaseUrl: string,
  { listings, withVariants }: { listings: number; withVariants: number },
): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(SCHEMA);
    const startedAt = performance.now();
    for (let from = 0; from < listings; from += BATCH_ROWS) {
      const rows = Array.from({ length: Math.min(BATCH_ROWS, listings - from) }, (_, place) => ({
        id: from + place,
        ...catalogRow(from + place),
      }));
      await client.query(
        `with given as (select * from jsonb_to_recordset($1) as r (id bigint, title text, description text, category text, condition text, "priceMinor" bigint, "imageUrl" text)),
           made as (insert into listing (id, title, description, category, condition, price_minor, image_url)
             select id, title, description, category, condition, "priceMinor", "imageUrl" from given)
         insert into variant (id, listing_id, title, price_minor, on_hand) select id, id, '', "priceMinor", ${STOCK} from given`,
        [JSON.stringify(rows)],
      );
    }
    const seconds = (performance.now() - startedAt) / 1000;
    await client.query(
      `insert into listing (id, title, description, category, condition, price_minor, image_url)
         select $1 + n, 'Jacket ' || n, l.description, 'clothing', 'new', 4000, l.image_url from generate_series(0, $2 - 1) n, (select * from listing where id = 0) l`,
      [listings, withVariants],
    );
    await client.query(
      `insert into variant (id, listing_id, title, price_minor, on_hand)
         select $1 + n, $1 + n / ${SIZES.length}, 'Size ' || n % ${SIZES.length}, 4000, ${STOCK} from generate_series(0, $2 * ${SIZES.length} - 1) n`,
      [listings, withVariants],
    );
    // Also works off the list of new entries that a GIN index reads through for each search.
    await client.query('vacuum analyze');
    return listings / seconds;
  } finally {
    await client.end();
  }
}
