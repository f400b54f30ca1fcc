/**
 * Base64 (RFC 4648 §4) from bytes to bytes, piece by piece: a picture of any size passes through
 * without ever being a string.
 */
const alphabet = new TextEncoder().encode(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
);
const padding = 0x3d;
const noValue = 255;
const values = new Uint8Array(256).fill(noValue);
for (const [value, letter] of alphabet.entries()) values[letter] = value;

/** Length in base64 of so many bytes, padding included. */
export const encodedLength = (bytes: number): number => 4 * Math.ceil(bytes / 3);

export class Base64Encoder {
  /** Bytes of the group of three under way, and how many they are. */
  private bits = 0;
  private count = 0;
  private out = new Uint8Array(0);

  /** @returns what holds until the next call: the array is used again. */
  encode(chunk: Uint8Array): Uint8Array {
    const most = encodedLength(chunk.length + 2);
    if (this.out.length < most) this.out = new Uint8Array(most);
    const { out } = this;
    let to = 0;
    for (let from = 0; from < chunk.length; from += 1) {
      this.bits = (this.bits << 8) | chunk[from]!;
      this.count += 1;
      if (this.count < 3) continue;
      out[to] = alphabet[this.bits >> 18]!;
      out[to + 1] = alphabet[(this.bits >> 12) & 63]!;
      out[to + 2] = alphabet[(this.bits >> 6) & 63]!;
      out[to + 3] = alphabet[this.bits & 63]!;
      to += 4;
      this.bits = 0;
      this.count = 0;
    }
    return out.subarray(0, to);
  }

  /** The last group, padded; empty when none was begun. */
  finish(): Uint8Array {
    const { count } = this;
    if (count === 0) return new Uint8Array(0);
    return this.encode(new Uint8Array(3 - count)).fill(padding, count + 1);
  }
}

export class Base64Decoder {
  private bits = 0;
  private count = 0;
  private ended = false;
  private out = new Uint8Array(0);

  /**
   * @returns what holds until the next call: the array is used again.
   * @throws Error for a byte that is neither of the alphabet nor padding, or follows padding
   */
  decode(chunk: Uint8Array): Uint8Array {
    if (this.out.length < chunk.length) this.out = new Uint8Array(chunk.length);
    const { out } = this;
    let to = 0;
    for (let from = 0; from < chunk.length; from += 1) {
      const letter = chunk[from]!;
      const value = values[letter]!;
      if (value === noValue || this.ended) {
        if (letter !== padding) throw new Error('not base64');
        this.ended = true;
        continue;
      }
      this.bits = ((this.bits << 6) | value) & 0xffffff;
      this.count += 6;
      if (this.count >= 8) {
        this.count -= 8;
        out[to] = this.bits >> this.count;
        to += 1;
      }
    }
    return out.subarray(0, to);
  }
}
