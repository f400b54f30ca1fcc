import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody } from './http.ts';

interface Received {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A plain server that plays the system under test: keeps what it gets, answers what it is told. */
export async function startReceiver(
  answer: (n: number, received: Received) => { status: number; body?: Buffer } = () => ({
    status: 200,
  }),
): Promise<{ origin: string; received: Received[]; close(): Promise<void> }> {
  const received: Received[] = [];
  const server = createServer((req, res) => {
    void readBody(req).then((body) => {
      const { method = '', url = '', headers } = req;
      const got = { method, url, headers, body: body ?? Buffer.alloc(0) };
      received.push(got);
      const reply = answer(received.length, got);
      res.writeHead(reply.status).end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
