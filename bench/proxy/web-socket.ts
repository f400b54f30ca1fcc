/** A WebSocket client (RFC 6455) for short text messages to this machine: Node 20 brings none. */
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Socket } from 'node:net';

export interface WebSocketClient {
  send(text: string): void;
  close(): void;
}

const textFrame = 0x81;

/** Client frames are masked (§5.3); these are at most 64 KiB long. */
function frameOf(text: string): Buffer {
  const body = Buffer.from(text);
  const mask = randomBytes(4);
  const head =
    body.length < 126 ? [body.length | 0x80] : [126 | 0x80, body.length >> 8, body.length & 255];
  return Buffer.concat([
    Buffer.from([textFrame, ...head]),
    mask,
    body.map((byte, i) => byte ^ mask[i % 4]!),
  ]);
}

/** @returns the payload of the first frame and what follows it, or null while it is not complete. */
function firstFrame(data: Buffer): { body: Buffer; rest: Buffer } | null {
  if (data.length < 2) return null;
  const short = data[1]! & 0x7f;
  const start = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (data.length < start) return null;
  const length =
    short === 127 ? Number(data.readBigUInt64BE(2)) : short === 126 ? data.readUInt16BE(2) : short;
  if (data.length < start + length) return null;
  return { body: data.subarray(start, start + length), rest: data.subarray(start + length) };
}

/** @param url `ws://127.0.0.1:…` */
export function openWebSocket(
  url: string,
  onText: (text: string) => void,
): Promise<WebSocketClient> {
  return new Promise((opened, failed) => {
    const asked = request(url.replace(/^ws/, 'http'), {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': randomBytes(16).toString('base64'),
      },
    });
    asked.on('error', failed);
    asked.on('response', ({ statusCode }) => failed(new Error(`answered ${statusCode}`)));
    asked.on('upgrade', (_response, socket: Socket, head: Buffer) => {
      let data = head;
      const read = (): void => {
        for (let frame = firstFrame(data); frame !== null; frame = firstFrame(data)) {
          data = frame.rest;
          onText(frame.body.toString());
        }
      };
      socket.on('data', (more: Buffer) => {
        data = Buffer.concat([data, more]);
        read();
      });
      socket.on('error', () => {});
      read();
      opened({ send: (text) => socket.write(frameOf(text)), close: () => socket.destroy() });
    });
    asked.end();
  });
}
