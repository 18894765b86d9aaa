import pg from 'pg';
import type { JudgedListing, JudgedQuery } from '../judged-set.ts';
import { bodyOf, DEPTH, type System } from './system.ts';

/** PostgreSQL's full text as peers use it: every word must match, `ts_rank_cd` orders, the title weighs more. */
export async function openPostgres(databaseUrl: string, listings: readonly JudgedListing[]): Promise<System> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('drop table if exists judged; create table judged (id text primary key, words tsvector)');
  for (let from = 0; from < listings.length; from += 1_000) {
    const rows = listings
      .slice(from, from + 1_000)
      .map((listing) => ({ id: listing.id, title: plain(listing.title), body: plain(bodyOf(listing)) }));
    await client.query(
      `insert into judged select id, setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', body), 'D')
       from jsonb_to_recordset($1) as r (id text, title text, body text)`,
      [JSON.stringify(rows)],
    );
  }
  await client.query('create index on judged using gin (words)');
  return {
    name: 'PostgreSQL full text (AND, ts_rank_cd)',
    async answer(queries: readonly JudgedQuery[]) {
      const answers: string[][] = [];
      for (const { text } of queries) {
        const { rows } = await client.query<{ id: string }>({
          name: 'search',
          text: `select id from judged, plainto_tsquery('english', $1) asked where words @@ asked
                 order by ts_rank_cd(words, asked) desc, id limit ${DEPTH}`,
          values: [plain(text)],
        });
        answers.push(rows.map(({ id }) => id));
      }
      return answers;
    },
    close: () => client.end(),
  };
}

/** PostgreSQL takes no NUL. */
function plain(text: string): string {
  return text.replaceAll('\0', ' ');
}
