import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64 } from '../http/base64.ts';
import { type FileSink, LongStrings, longFrom, type TakenFile } from './long-strings.ts';

/** Keeps what it is given. */
class Memory implements FileSink {
  readonly files: Uint8Array<ArrayBuffer>[] = [];
  private parts: Uint8Array<ArrayBuffer>[] = [];

  async write(bytes: Uint8Array): Promise<void> {
    this.parts.push(new Uint8Array(bytes));
  }

  async end(): Promise<TakenFile> {
    const whole = new Uint8Array(await new Blob(this.parts).arrayBuffer());
    this.files.push(whole);
    this.parts = [];
    return { parts: [whole], bytes: whole.length, head: whole.slice(0, 4) };
  }
}

const mark = 'mark-';

async function read(json: string, size: number): Promise<{ value: unknown; memory: Memory }> {
  const memory = new Memory();
  const strings = new LongStrings(memory, mark);
  const bytes = new TextEncoder().encode(json);
  for (let at = 0; at < bytes.length; at += size) await strings.feed(bytes.subarray(at, at + size));
  return { value: JSON.parse(strings.end()), memory };
}

function randomBytes(length: number, seed: number): Uint8Array {
  let state = seed | 1;
  return Uint8Array.from({ length }, () => {
    state = Math.imul(state, 1_103_515_245) + 12_345;
    return state >>> 24;
  });
}

const sizes = fc.constantFrom(7, 1000, 4096, 65_536, 1_000_000);
const lengths = fc.integer({ min: longFrom, max: 3 * longFrom });

/** Ways to write base64 in JSON: plain, and as writers do that fear slashes or HTML. */
const spellings: readonly ((base64: string) => string)[] = [
  (base64) => base64,
  (base64) => base64.replaceAll('/', '\\/'),
  (base64) => base64.replaceAll('+', '\\u002b').replaceAll('=', '\\u003D'),
  (base64) => base64.replaceAll(/.{76}/g, '$&\\r\\n'),
];

describe('files in answers', () => {
  it('are taken out byte for byte, however the answer is cut and spelled', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(lengths, { maxLength: 3 }),
        fc.json(),
        sizes,
        fc.constantFrom(...spellings),
        async (files, rest, size, spell) => {
          const pictures = files.map((length, n) => randomBytes(length, n + length));
          const list = pictures.map((bytes) => `"${spell(toBase64(bytes))}"`).join(', ');
          const json = `{"data": [${list}], "rest": ${rest}}`;
          const { value, memory } = await read(json, size);
          expect(value).toEqual({
            data: pictures.map((_, n) => `${mark}${n}`),
            rest: JSON.parse(rest),
          });
          expect(memory.files.length).toBe(pictures.length);
          for (const [n, bytes] of pictures.entries()) {
            expect(toBase64(memory.files[n]!)).toBe(toBase64(bytes));
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it('leaves any answer without long strings as it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.integer({ min: 1, max: 50 }), async (json, size) => {
        expect((await read(json, size)).value).toEqual(JSON.parse(json));
      }),
    );
  });

  it.each([
    ['breaks off', `{"data":"${'A'.repeat(2 * longFrom)}`],
    ['holds a long text', `{"data":"${'not base64! '.repeat(longFrom)}"}`],
    ['goes on after padding', `{"data":"${'A'.repeat(longFrom)}==AA"}`],
  ])('refuses an answer that %s', async (_what, json) => {
    await expect(read(json, 5000)).rejects.toThrow(Error);
  });
});
