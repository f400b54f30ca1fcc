import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { type ZipFile, zipStream } from '../../web/files/zip-write.ts';
import { type MemoryRow, watch } from './memory.ts';

/** Files of random bytes, each made when the archive asks for it. */
async function* files(count: number, bytes: number): AsyncGenerator<ZipFile> {
  for (let i = 0; i < count; i += 1) {
    // Lets the watch look: everything else here answers at once.
    if (i % 20 === 0) await setImmediate();
    yield { name: `variants/a/${i}.png`, bytes: new Uint8Array(randomBytes(bytes)) };
  }
}

/** Heap and buffers of this process while an archive is streamed and thrown away. */
export async function measureInNode(count: number, bytes: number): Promise<MemoryRow> {
  globalThis.gc?.();
  const held = watch(() => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  });
  const begun = performance.now();
  let written = 0;
  for await (const part of zipStream(files(count, bytes))) written += part.length;
  const time = performance.now() - begun;
  return { what: 'Node, streamed', images: count, written, time, ...held.stop() };
}
