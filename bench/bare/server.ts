// The floor that Plaza is measured against: Fastify and `pg`, no checks, the fewest statements that do the work.
// Started as a child process with DATABASE_URL; tells its parent its port.
import Fastify from 'fastify';
import pg from 'pg';

// Statements are planned once, not for each call: less work than PostgreSQL would do by itself.
const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 10,
  options: '-c plan_cache_mode=force_generic_plan',
});
const server = Fastify({ bodyLimit: 8 * 1024 * 1024 });
const answers = new Map<string, Buffer>();

/** Sends a named, prepared statement and answers its rows. */
async function rows(name: string, text: string, values: unknown[]): Promise<Record<string, unknown>[]> {
  return (await pool.query({ name, text, values })).rows;
}

server.post<{ Params: { name: string } }>('/bytes/:name', async ({ params, body }) => {
  answers.set(params.name, Buffer.from(JSON.stringify(body)));
  return {};
});
server.get<{ Params: { name: string } }>('/bytes/:name', (request, reply) =>
  reply.header('content-type', 'application/json').send(answers.get(request.params.name)),
);

server.get('/listings', async () => ({
  items: await rows(
    'list',
    `select l.id, title, category, condition, l.price_minor, image_url, published_time,
       (select sum(on_hand) from variant v where v.listing_id = l.id) as free
     from listing l order by published_time desc, id desc limit 20`,
    [],
  ),
}));

server.get<{ Params: { category: string } }>('/categories/:category', async ({ params }) => {
  const [page] = await rows(
    'category',
    `select
       (select jsonb_agg(p) from (
         select l.id, title, category, condition, l.price_minor, image_url, published_time,
           (select sum(on_hand) from variant v where v.listing_id = l.id) as free
         from listing l where category = $1 order by published_time desc, id desc limit 20) p) as items,
       (select jsonb_object_agg(condition, n) from (select condition, count(*) n from listing where category = $1 group by 1) c) as conditions`,
    [params.category],
  );
  return page;
});

server.get<{ Params: { id: string } }>('/listings/:id', async ({ params }) => {
  const [listing] = await rows(
    'detail',
    `select id, title, description, category, condition, price_minor, image_url, published_time,
       (select jsonb_agg(v) from (select id, title, price_minor, on_hand from variant where listing_id = l.id order by id) v) as variants
     from listing l where id = $1`,
    [params.id],
  );
  return listing;
});

server.get<{ Querystring: { q: string } }>('/search', async ({ query }) => {
  const [found] = await rows(
    'search',
    `with hit as materialized (
       select id, title, category, condition, price_minor, image_url, ts_rank(words, q) as score
       from listing, to_tsquery('simple', $1) q where words @@ q),
     page as (select * from hit order by score desc, id desc limit 20)
     select (select count(*) from hit) as total,
       (select jsonb_agg(p) from (
         select page.*, (select sum(on_hand) from variant v where v.listing_id = page.id) as free from page) p) as items,
       (select jsonb_object_agg(category, n) from (select category, count(*) n from hit group by 1) c) as categories,
       (select jsonb_object_agg(condition, n) from (select condition, count(*) n from hit group by 1) c) as conditions`,
    // All words must match: the least work that is still a search.
    [query.q.split(' ').join('&')],
  );
  return found;
});

server.post<{ Body: { variantId: number; guestId: string } }>('/carts', async ({ body }) => {
  const [cart] = await rows(
    'cart',
    `with cart as (insert into cart (guest_id) values ($1) returning id),
       line as (insert into cart_line select cart.id, $2, 1 from cart)
     select cart.id, v.price_minor, l.title from cart, variant v join listing l on l.id = v.listing_id where v.id = $2`,
    [body.guestId, body.variantId],
  );
  return cart;
});

server.post<{ Body: { cartId: string; email: string; address: unknown } }>('/checkouts', async ({ body }) => {
  const [checkout] = await rows(
    'checkout',
    `insert into checkout (cart_id, email, address, total_minor)
     select $1, $2, $3, sum(price_minor * quantity) from cart_line join variant v on v.id = variant_id where cart_id = $1
     returning id, total_minor`,
    [body.cartId, body.email, JSON.stringify(body.address)],
  );
  return checkout;
});

server.post<{ Params: { id: string } }>('/checkouts/:id/completion', async ({ params }) => {
  const [order] = await rows(
    'complete',
    `with done as (update checkout set state = 'completed' where id = $1 and state = 'open' returning id, cart_id, total_minor),
       taken as (update variant v set on_hand = on_hand - c.quantity from cart_line c, done
         where c.cart_id = done.cart_id and v.id = c.variant_id returning v.id, v.price_minor, c.quantity),
       made as (insert into placed_order (checkout_id, total_minor, lines)
         select done.id, done.total_minor, (select jsonb_agg(taken) from taken) from done returning id, total_minor),
       entries as (insert into entry (order_id, account, amount_minor)
         select id, account, sign * total_minor from made, (values ('provider', 1), ('seller', -1)) a (account, sign))
     select id, total_minor from made`,
    [params.id],
  );
  return order;
});

await server.listen({ host: '127.0.0.1', port: 0 });
process.send?.({ port: (server.server.address() as { port: number }).port });
process.once('SIGTERM', async () => {
  await server.close();
  await pool.end();
});
