/** Server-sent events (WHATWG HTML §9.2) to every open tab of one user. */
import type { Generation } from '../../contract.ts';

const heartbeatMs = 25_000;
const mostListeners = 20;

export class Listeners {
  private readonly open = new Set<WritableStreamDefaultWriter<Uint8Array>>();

  /** A stream that ends when the reader goes away. */
  listen(): Response {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    if (this.open.size >= mostListeners) this.drop([...this.open][0]!);
    this.open.add(writer);
    const beat = setInterval(() => this.write(writer, ': still here\n\n'), heartbeatMs);
    writer.closed
      .catch(() => {})
      .finally(() => {
        clearInterval(beat);
        this.open.delete(writer);
      });
    this.write(writer, 'retry: 2000\n\n');
    return new Response(readable, {
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
    });
  }

  tell(generation: Generation): void {
    const text = `event: generation\nid: ${generation.updatedAt}\ndata: ${JSON.stringify(generation)}\n\n`;
    for (const writer of this.open) this.write(writer, text);
  }

  private write(writer: WritableStreamDefaultWriter<Uint8Array>, text: string): void {
    writer.write(new TextEncoder().encode(text)).catch(() => this.drop(writer));
  }

  private drop(writer: WritableStreamDefaultWriter<Uint8Array>): void {
    this.open.delete(writer);
    writer.abort().catch(() => {});
  }
}
