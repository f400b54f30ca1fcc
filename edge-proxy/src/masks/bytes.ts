/** A stream of bytes read by exact counts. */

/** A stream that makes its next part when it is asked for one. */
export function streamOf(parts: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      async pull(controller) {
        const { value, done } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
}

/** What comes after a few kilobytes can be a thousand times as long once it is inflated. */
const mostPassed = 2048;

export class Bytes {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  private chunk: Uint8Array = new Uint8Array(0);
  private at = 0;

  constructor(stream: ReadableStream<Uint8Array>) {
    this.reader = stream.getReader();
  }

  /** Fills `target` to its end. @throws Error when the stream ends first */
  async fill(target: Uint8Array): Promise<void> {
    for (let done = 0; done < target.length; ) {
      const part = await this.some(target.length - done);
      target.set(part, done);
      done += part.length;
    }
  }

  async take(count: number): Promise<Uint8Array> {
    const taken = new Uint8Array(count);
    await this.fill(taken);
    return taken;
  }

  /** The next `count` bytes as they come, in small parts. */
  async *pass(count: number): AsyncGenerator<Uint8Array> {
    for (let left = count; left > 0; ) {
      const part = await this.some(Math.min(left, mostPassed));
      left -= part.length;
      yield part;
    }
  }

  async isAtEnd(): Promise<boolean> {
    return this.at >= this.chunk.length && !(await this.next());
  }

  /** Lets go of the source; what it says to that does not matter. */
  async cancel(): Promise<void> {
    await this.reader.cancel().catch(() => {});
  }

  /** At least one byte, at most `most`. */
  private async some(most: number): Promise<Uint8Array> {
    if (this.at >= this.chunk.length && !(await this.next())) throw new Error('cut off');
    const part = this.chunk.subarray(this.at, this.at + most);
    this.at += part.length;
    return part;
  }

  private async next(): Promise<boolean> {
    for (;;) {
      const { value, done } = await this.reader.read();
      if (done) return false;
      if (value.length === 0) continue;
      this.chunk = value;
      this.at = 0;
      return true;
    }
  }
}
