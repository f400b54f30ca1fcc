/**
 * JSON answers whose long strings are files in base64. The files are taken out while the answer
 * arrives and go where the sink leads them; what is left is small and is parsed as usual.
 */
import { Base64Decoder } from '../http/base64-stream.ts';

/** Takes files out of answers, one after the other. */
export interface FileSink {
  write(bytes: Uint8Array): Promise<void>;
  /** Ends the file. */
  end(): Promise<TakenFile>;
}

/** A file that was taken out of an answer: parts in the bucket, by key, and parts still held. */
export interface TakenFile {
  readonly parts: readonly (string | Uint8Array<ArrayBuffer>)[];
  readonly bytes: number;
  /** The first four bytes: what kind of file it is. */
  readonly head: Uint8Array;
}

/** Strings of this length and more are files; prompts and links are shorter. */
export const longFrom = 64 * 1024;
/** Ceiling of what is left without the files. */
const mostText = 8 * 1024 * 1024;

const quote = 0x22;
const backslash = 0x5c;
const encoder = new TextEncoder();

/** Reads one answer. Feed it everything, then `end`. */
export class LongStrings {
  readonly files: TakenFile[] = [];
  private readonly sink: FileSink;
  /** Stands in the text for file `n`: `mark` and `n`. */
  private readonly mark: string;
  private text = new Uint8Array(4096);
  private length = 0;
  private state: 'outside' | 'string' | 'escape' | 'long' = 'outside';
  /** Where the string under way begins in `text`. */
  private begin = 0;
  private decoder = new Base64Decoder();
  /** The escape sequence under way inside a long string. */
  private escape = '';

  constructor(sink: FileSink, mark: string) {
    this.sink = sink;
    this.mark = mark;
  }

  /** @throws Error for a long string that is not base64, and for too much other text */
  async feed(chunk: Uint8Array): Promise<void> {
    for (let at = 0; at < chunk.length; ) {
      at = this.state === 'long' ? await this.readLong(chunk, at) : this.readShort(chunk, at);
      if (this.state === 'string' && this.length - this.begin >= longFrom) await this.becomeLong();
    }
  }

  /** @returns the text with marks for files. @throws Error when the answer broke off */
  end(): string {
    if (this.state !== 'outside') throw new Error('answer broke off');
    return new TextDecoder().decode(this.text.subarray(0, this.length));
  }

  /** Copies up to the end of the chunk or of the allowance. @returns where it stopped */
  private readShort(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at]!;
      this.push(byte);
      if (this.state === 'escape') this.state = 'string';
      else if (this.state === 'string') {
        if (byte === backslash) this.state = 'escape';
        else if (byte === quote) this.state = 'outside';
        else if (this.length - this.begin >= longFrom) return at + 1;
      } else if (byte === quote) {
        this.state = 'string';
        this.begin = this.length;
      }
    }
    return chunk.length;
  }

  private async becomeLong(): Promise<void> {
    const begun = this.text.slice(this.begin, this.length);
    this.length = this.begin;
    for (const byte of encoder.encode(`${this.mark}${this.files.length}`)) this.push(byte);
    this.state = 'long';
    this.decoder = new Base64Decoder();
    await this.readLong(begun, 0);
  }

  private async readLong(chunk: Uint8Array, from: number): Promise<number> {
    let at = from;
    while (at < chunk.length) {
      if (this.escape !== '') {
        await this.continueEscape(chunk[at]!);
        at += 1;
        continue;
      }
      const stop = indexOfEither(chunk, at);
      if (stop > at) await this.sink.write(this.decoder.decode(chunk.subarray(at, stop)));
      at = stop + 1;
      if (chunk[stop] === backslash) this.escape = '\\';
      if (chunk[stop] === quote) {
        this.push(quote);
        this.files.push(await this.sink.end());
        this.state = 'outside';
        return at;
      }
    }
    return Math.min(at, chunk.length);
  }

  /** Some writers escape `/`, `+` and `=`; RFC 8259 §7 allows it. */
  private async continueEscape(byte: number): Promise<void> {
    this.escape += String.fromCharCode(byte);
    const long = this.escape[1] === 'u';
    if (long && this.escape.length < 6) return;
    const meant = String(JSON.parse(`"${this.escape}"`));
    this.escape = '';
    if (meant === '\n' || meant === '\r') return;
    await this.sink.write(this.decoder.decode(encoder.encode(meant)));
  }

  private push(byte: number): void {
    if (this.length >= mostText) throw new Error('answer too long');
    if (this.length === this.text.length) {
      const larger = new Uint8Array(this.text.length * 2);
      larger.set(this.text);
      this.text = larger;
    }
    this.text[this.length] = byte;
    this.length += 1;
  }
}

function indexOfEither(chunk: Uint8Array, from: number): number {
  const end = chunk.indexOf(quote, from);
  const stop = end < 0 ? chunk.length : end;
  const escaped = chunk.subarray(from, stop).indexOf(backslash);
  return escaped < 0 ? stop : from + escaped;
}
