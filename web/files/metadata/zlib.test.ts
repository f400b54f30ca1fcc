import { deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { zlibInflate, zlibStored } from './zlib.ts';

test('what is stored comes back, from zlib and from the browser’s own inflater', async () => {
  const sizes = fc.constantFrom(0, 1, 65_534, 65_535, 65_536, 131_070, 200_001);
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(255), async (length, salt) => {
      const data = Uint8Array.from({ length }, (_, i) => (i * 7 + salt) & 255);
      const stream = zlibStored(data);
      expect(Buffer.compare(inflateSync(stream), data)).toBe(0);
      expect(await zlibInflate(stream, length)).toEqual(data);
    }),
    { numRuns: 20 },
  );
});

test('a stream that would grow over the limit is given up', async () => {
  const bomb = new Uint8Array(deflateSync(new Uint8Array(10_000_000)));
  expect(await zlibInflate(bomb, 1_000_000)).toBeNull();
});

test('a damaged stream is null, not an error', async () => {
  const stream = zlibStored(Uint8Array.of(1, 2, 3));
  stream[stream.length - 1] ^= 1;
  expect(await zlibInflate(stream, 100)).toBeNull();
  expect(await zlibInflate(Uint8Array.of(9, 9, 9), 100)).toBeNull();
});
