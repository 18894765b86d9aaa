import { newId } from '@plaza/kernel';
import pg from 'pg';
import { catalogRow } from './catalog.ts';

/** Listings of one statement. */
const BATCH_ROWS = 5_000;
/** Kinds of rows that are copied: each category with each condition is among so many neighbors (7 × 3). */
const TEMPLATES = 21;

/** What the imported listings lack, and how the others are told from the one they are copied of. */
const OWN_FIELDS = `jsonb_build_object('id', g.id, 'handle', g.handle, 'slug', g.handle, 'title', g.title, 'image_url', g."imageUrl",
  'price_minor', g."priceMinor", 'price_max_minor', g."priceMinor", 'published_time', now(), 'created_time', now(), 'updated_time', now())`;
/** All listings have one picture: nothing that is measured looks at it. */
const IMAGES = `jsonb_build_array(jsonb_build_object('assetId', '${newId('asset')}', 'alt', null, 'thumbUrl', image_url, 'cardUrl', image_url,
  'url', image_url, 'width', 1200, 'height', 900))`;

/** Gives the imported listings their images, as uploads would have. Their version rises, so that search takes them in. */
export async function addImages(databaseUrl: string, marketplace: string, count: number): Promise<void> {
  await asOwner(databaseUrl, async (owner) => {
    const given = Array.from({ length: count }, (_, index) => catalogRow(index)).map(({ handle, imageUrl }) => ({
      handle,
      imageUrl,
    }));
    await owner.query(
      `update catalog.listing l set image_url = g."imageUrl", version = version + 1
       from jsonb_to_recordset($2) as g (handle text, "imageUrl" text) where marketplace_id = $1 and l.handle = g.handle`,
      [marketplace, JSON.stringify(given)],
    );
    await owner.query(
      `update catalog.listing_content c set images = ${IMAGES} from catalog.listing l
       where l.marketplace_id = $1 and c.marketplace_id = $1 and c.listing_id = l.id and image_url is not null`,
      [marketplace],
    );
  });
}

/**
 * Fills Plaza's tables with the listings from `from` to `to` of the catalog, as copies of imported ones with their own
 * title, price and image: an import of a million rows would take many minutes. Search is not told; rebuild its index.
 */
export async function fillCatalog(
  databaseUrl: string,
  { marketplace, from, to }: { marketplace: string; from: number; to: number },
): Promise<void> {
  await asOwner(databaseUrl, async (owner) => {
    await owner.query(
      `create temp table template as
       select (substr(l.handle, 7)::int) % ${TEMPLATES} as place, l as listing, c as content, v as variant
       from catalog.listing l
       join catalog.listing_content c on c.marketplace_id = l.marketplace_id and c.listing_id = l.id
       join catalog.variant v on v.marketplace_id = l.marketplace_id and v.listing_id = l.id
       where l.marketplace_id = $1 and l.handle = any($2)`,
      [marketplace, Array.from({ length: TEMPLATES }, (_, index) => catalogRow(index).handle)],
    );
    const { rows: counted } = await owner.query('select count(*) as count from template');
    if (Number(counted[0].count) !== TEMPLATES)
      throw new Error(`${counted[0].count} of ${TEMPLATES} listings to copy were imported`);
    for (let at = from; at < to; at += BATCH_ROWS) {
      const rows = Array.from({ length: Math.min(BATCH_ROWS, to - at) }, (_, place) => ({
        place: (at + place) % TEMPLATES,
        ...catalogRow(at + place),
      }));
      await owner.query(
        `with given as materialized (
           select *, uuidv7() as id from jsonb_to_recordset($1) as r (place int, handle text, title text, "imageUrl" text, "priceMinor" bigint)),
         listings as (insert into catalog.listing select p.* from given g join template t using (place),
           lateral jsonb_populate_record(t.listing, ${OWN_FIELDS}) p returning *),
         facets as (insert into catalog.listing_facet select marketplace_id, token, published_time, id from listings, unnest(facets) token),
         contents as (insert into catalog.listing_content select p.* from given g join template t using (place) join listings l on l.id = g.id,
           lateral jsonb_populate_record(t.content, jsonb_build_object('listing_id', g.id, 'images', ${IMAGES})) p)
         insert into catalog.variant select p.* from given g join template t using (place),
           lateral jsonb_populate_record(t.variant, jsonb_build_object('id', uuidv7(), 'listing_id', g.id, 'price_minor', g."priceMinor")) p`,
        [JSON.stringify(rows)],
      );
    }
    await owner.query('begin');
    await owner.query('delete from catalog.facet_change where marketplace_id = $1', [marketplace]);
    await owner.query('delete from catalog.facet_count where marketplace_id = $1', [marketplace]);
    await owner.query(
      `insert into catalog.facet_count (marketplace_id, category_id, token, listing_count)
       select marketplace_id, category_id, token, count(*) from catalog.listing, unnest(facets || ''::text) token
       where marketplace_id = $1 and state = 'published' group by 1, 2, 3`,
      [marketplace],
    );
    await owner.query('commit');
    await owner.query('vacuum analyze');
  });
}

async function asOwner(databaseUrl: string, work: (owner: pg.Client) => Promise<void>): Promise<void> {
  const owner = new pg.Client({ connectionString: databaseUrl });
  await owner.connect();
  try {
    // PostgreSQL takes the given JSON for a hundred rows, and would read the catalog once for each.
    await owner.query('set enable_nestloop = off');
    await work(owner);
  } finally {
    await owner.end();
  }
}
