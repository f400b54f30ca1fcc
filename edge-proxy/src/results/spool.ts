/**
 * Files whose length nobody has told yet: R2 wants to know it before the first byte. They are laid
 * down in parts of `partBytes` under `spool/`, and become one object when the end is known. A file
 * that fits into one part stays in memory.
 */
import { chunksOf } from '../http/chunks.ts';
import type { FileSink, TakenFile } from '../vendors/long-strings.ts';

const partBytes = 768 * 1024;
/** What may stay in memory of all files of one answer. */
const mostHeld = partBytes;
const mostBytes = 512 * 1024 * 1024;

export class Spool implements FileSink {
  private readonly env: Env;
  private readonly prefix = `spool/${crypto.randomUUID()}/`;
  private buffer = new Uint8Array(0);
  private filled = 0;
  private held = 0;
  private made = 0;
  private bytes = 0;
  private head = new Uint8Array(0);
  private parts: (string | Uint8Array<ArrayBuffer>)[] = [];

  constructor(env: Env) {
    this.env = env;
  }

  /** @throws Error when the file is too large */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.bytes === 0) this.head = bytes.slice(0, 4);
    this.bytes += bytes.length;
    if (this.bytes > mostBytes) throw new Error('result too large');
    for (let at = 0; at < bytes.length; ) {
      if (this.filled === this.buffer.length) await this.makeRoom();
      const part = bytes.subarray(at, at + this.buffer.length - this.filled);
      this.buffer.set(part, this.filled);
      this.filled += part.length;
      at += part.length;
    }
  }

  async end(): Promise<TakenFile> {
    if (this.held + this.filled <= mostHeld) {
      this.held += this.filled;
      // Given away, not copied: two parts at a time would be most of what a large file may take.
      this.parts.push(this.buffer.subarray(0, this.filled));
      this.buffer = new Uint8Array(0);
      this.filled = 0;
    } else await this.layDown();
    const file = { parts: this.parts, bytes: this.bytes, head: this.head };
    this.parts = [];
    this.bytes = 0;
    return file;
  }

  /** Takes a whole stream. */
  async take(stream: ReadableStream<Uint8Array>): Promise<TakenFile> {
    for await (const chunk of chunksOf(stream)) await this.write(chunk);
    return this.end();
  }

  /** Doubles the buffer up to a part; a full part goes to the bucket. */
  private async makeRoom(): Promise<void> {
    if (this.buffer.length >= partBytes) return this.layDown();
    const larger = new Uint8Array(Math.min(partBytes, Math.max(65_536, this.buffer.length * 2)));
    larger.set(this.buffer);
    this.buffer = larger;
  }

  private async layDown(): Promise<void> {
    const key = this.prefix + this.made;
    this.made += 1;
    await this.env.FILES.put(key, this.buffer.subarray(0, this.filled));
    this.parts.push(key);
    this.filled = 0;
  }
}

/** The parts as one stream. @throws Error (in the stream) when a part is gone */
export function partsOf(env: Env, { parts, bytes }: TakenFile): ReadableStream<Uint8Array> {
  const { readable, writable } = new FixedLengthStream(bytes);
  const pour = async (): Promise<void> => {
    try {
      for (const part of parts) {
        if (typeof part !== 'string') {
          const writer = writable.getWriter();
          await writer.write(part);
          writer.releaseLock();
          continue;
        }
        const object = await env.FILES.get(part);
        if (object === null) throw new Error('part of a result is gone');
        await object.body.pipeTo(writable, { preventClose: true });
      }
      await writable.close();
    } catch (error) {
      await writable.abort(error);
    }
  };
  // The put that reads the stream fails with it.
  pour().catch(() => {});
  return readable;
}

/** The parts are copied: they are of no further use. */
export async function forgetParts(env: Env, { parts }: TakenFile): Promise<void> {
  const keys = parts.filter((part) => typeof part === 'string');
  if (keys.length > 0) await env.FILES.delete(keys);
}
