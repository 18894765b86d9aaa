// The web app as a child of `npm start`: Next.js in production mode, behind the server's door, gone when its parent is.
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import next from 'next';

const dir = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'apps/web');
const port = Number(process.argv[2]);
process.chdir(dir);
// After a form Next.js fetches the page it redirects to: from itself, not through names that only browsers resolve.
process.env.__NEXT_PRIVATE_ORIGIN = `http://127.0.0.1:${port}`;
// Next.js calls itself `localhost` in a rewrite; under another name it would take that for another site and go there.
const app = next({ dev: false, dir, hostname: 'localhost', port });
await app.prepare();
const handle = app.getRequestHandler();
const server = createServer((request, response) => void handle(request, response));
// Longer than the server in front lets a connection rest, so that it never sends a request into one that is being closed.
server.keepAliveTimeout = 75_000;
server.listen(port, '127.0.0.1', () => process.send?.({ greeting: '' }));

// Ctrl-C reaches every process of the terminal; the parent says when it is our turn.
process.on('SIGINT', () => {});
for (const end of ['SIGTERM', 'disconnect']) process.once(end, () => process.exit(0));
