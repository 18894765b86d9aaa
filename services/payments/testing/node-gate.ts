import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * A door before a chain's node that can be shut. Stopping the node's process by a signal takes the system a moment in which
 * it still answers; what comes to a shut door waits from that very call.
 */
export async function openGate(nodeUrl: string) {
  let { promise: opened, resolve: open } = Promise.withResolvers<void>();
  open();
  const server = createServer(async (request, response) => {
    try {
      const body = await text(request);
      await opened;
      const answer = await fetch(nodeUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
    } catch {
      // Either side left; as with a node that went away, there is no answer.
      response.destroy();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    shut: () => {
      ({ promise: opened, resolve: open } = Promise.withResolvers<void>());
    },
    open: () => open(),
    [Symbol.asyncDispose]: async () => {
      open();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
