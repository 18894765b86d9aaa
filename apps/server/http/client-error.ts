import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { httpFaults, problemOf } from './problem.ts';

/** Answers what Node could not read as a request, and closes the connection: no route has seen it, so no route can. */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const fault = error.code === 'HPE_HEADER_OVERFLOW' ? httpFaults.headersTooLarge() : httpFaults.badRequest();
  const body = JSON.stringify(problemOf(fault, 'unread'));
  const head = [
    `HTTP/1.1 ${fault.status} ${STATUS_CODES[fault.status]}`,
    'content-type: application/problem+json',
    'cache-control: no-store',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
