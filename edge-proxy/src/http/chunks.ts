/**
 * A stream read in few, large steps with one buffer: by default the runtime hands out 4 KiB at a
 * time, each in an array of its own.
 */
const chunkBytes = 64 * 1024;

/** A chunk holds until the next one is asked for: copy what is to stay. */
export async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = byteReaderOf(stream);
  if (reader === null) {
    yield* stream;
    return;
  }
  let whole = false;
  try {
    for (let buffer = new Uint8Array(chunkBytes); ; ) {
      const { value, done } = await reader.read(buffer);
      whole = done;
      if (done) return;
      yield value;
      buffer = new Uint8Array(value.buffer as ArrayBuffer);
    }
  } finally {
    if (!whole) await reader.cancel().catch(() => {});
  }
}

/** Null for a stream that was made in JavaScript without a byte source. */
function byteReaderOf(stream: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | null {
  try {
    return stream.getReader({ mode: 'byob' });
  } catch {
    return null;
  }
}
