import type { Server as HttpServer } from 'node:http';
import { trendsChanged } from '@plaza/discovery/events';
import type { EventEnvelope } from '@plaza/kernel';
import type { Marketplaces } from '@plaza/kernel/marketplace';
import { Server } from 'socket.io';

/** Events that anyone who has a page of the marketplace open may hear of. What is private never goes this way. */
const PUBLIC_EVENTS: ReadonlySet<string> = new Set([trendsChanged.type]);
/** Visitors say nothing here: a message as large as this is a mistake. */
const MESSAGE_BYTES_MAX = 1_000;
/** Connections of one process, some 25 KB each. A page beyond them stays as it was opened, and tries again. */
const CONNECTIONS_MAX = 5_000;

export type Realtime = {
  /** Sends an event to the open pages of its marketplace, if it is a public one. */
  hear(event: EventEnvelope): void;
  close(): void;
};

/** Socket.IO on the door's own port, at `/realtime`: a room for each marketplace, found by host as everywhere else. */
export function startRealtime(
  server: HttpServer,
  marketplaces: Marketplaces,
  connectionsMax = CONNECTIONS_MAX,
): Realtime {
  const io = new Server(server, {
    path: '/realtime',
    serveClient: false,
    maxHttpBufferSize: MESSAGE_BYTES_MAX,
    // Asked for every request of a connection; one that is there already goes on.
    allowRequest: ({ url = '' }, decide) => {
      const isNew = !new URL(url, 'http://door').searchParams.has('sid');
      decide(null, !isNew || io.engine.clientsCount < connectionsMax);
    },
  });
  io.use((socket, next) => {
    const { headers } = socket.handshake;
    const found = marketplaces.find(String(headers['x-forwarded-host'] ?? headers.host ?? ''));
    if (found === undefined) return next(new Error('MARKETPLACE_UNKNOWN'));
    void socket.join(found.id);
    next();
  });
  return {
    hear({ type, marketplaceid, data }) {
      if (PUBLIC_EVENTS.has(type)) io.to(marketplaceid).emit(type, data);
    },
    close() {
      // Not the server itself: it is the door's to close.
      io.disconnectSockets(true);
      io.engine.close();
    },
  };
}
