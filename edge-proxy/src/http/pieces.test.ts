import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileText, formBody, jsonBody, marked, unmarked } from '../vendors/bodies.ts';
import { toBase64 } from './base64.ts';
import { Base64Decoder, Base64Encoder } from './base64-stream.ts';
import { bodyOf, type FilePiece, lengthOf, sha256Of } from './pieces.ts';

/** A file that is delivered in parts of `size` bytes. */
function file(bytes: Uint8Array, size: number, as: FilePiece['as'] = 'base64'): FilePiece {
  const open = async () =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size)
          controller.enqueue(bytes.slice(at, at + size));
        controller.close();
      },
    });
  return { bytes: bytes.length, as, open };
}

const bytes = fc.uint8Array({ maxLength: 200 });
const sizes = fc.integer({ min: 1, max: 50 });
const textOf = (stream: ReadableStream<Uint8Array>) => new Response(stream).text();

describe('base64 in parts', () => {
  it('equals base64 in one', () => {
    fc.assert(
      fc.property(bytes, sizes, (whole, size) => {
        const [encoder, decoder] = [new Base64Encoder(), new Base64Decoder()];
        let [text, back] = ['', [] as number[]];
        for (let at = 0; at < whole.length; at += size) {
          text += new TextDecoder().decode(encoder.encode(whole.subarray(at, at + size)));
        }
        text += new TextDecoder().decode(encoder.finish());
        expect(text).toBe(toBase64(whole));
        for (let at = 0; at < text.length; at += size) {
          const part = new TextEncoder().encode(text.slice(at, at + size));
          back = [...back, ...decoder.decode(part)];
        }
        expect(back).toEqual([...whole]);
      }),
    );
  });
});

describe('bodies in pieces', () => {
  it('are the JSON that would have been sent in one, with its length and its hash', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, bytes, sizes, fc.string(), async (a, b, size, prompt) => {
        const document = (x: unknown, y: unknown) => ({
          prompt,
          list: [x, { y }],
          prompt2: prompt,
        });
        const pieces = jsonBody(
          document(new FileText(file(a, size)), new FileText(file(b, size), 'data:x;base64,')),
        );
        const whole = JSON.stringify(document(toBase64(a), `data:x;base64,${toBase64(b)}`));
        expect(await textOf(bodyOf(pieces))).toBe(whole);
        const encoded = new TextEncoder().encode(whole);
        expect(lengthOf(pieces)).toBe(encoded.length);
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', encoded));
        const hex = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
        expect(await sha256Of(pieces)).toBe(hex);
      }),
      { numRuns: 40 },
    );
  });

  it('are forms that the runtime reads as it reads its own', async () => {
    const picture = Uint8Array.from({ length: 300 }, (_, i) => i % 256);
    const content = file(picture, 7, 'bytes');
    const { contentType, body } = formBody([
      ['prompt', 'a "kite"\r\n--form'],
      ['image', { type: 'image/png', name: 'image', content }],
    ]);
    const headers = { 'content-type': contentType };
    const form = await new Response(bodyOf(body), { headers }).formData();
    expect(form.get('prompt')).toBe('a "kite"\r\n--form');
    const read = form.get('image') as File;
    expect([read.type, new Uint8Array(await read.arrayBuffer())]).toEqual(['image/png', picture]);
  });

  it('break where a file breaks', async () => {
    const gone: FilePiece = {
      ...file(new Uint8Array(9), 9),
      open: () => Promise.reject(new Error('gone')),
    };
    await expect(textOf(bodyOf(['x', gone]))).rejects.toThrow();
    const short: FilePiece = { ...file(new Uint8Array(8), 8), bytes: 9 };
    await expect(textOf(bodyOf([short]))).rejects.toThrow();
  });

  it('put a file where its mark is and nowhere else', () => {
    const one = file(new Uint8Array(3), 3);
    const { text, files } = marked({ prompt: 'file-', image: new FileText(one) });
    expect(unmarked({ text, files })).toEqual(['{"prompt":"file-","image":"', one, '"}']);
  });
});
