import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checksumsOf } from './checksum.ts';
import { crc32 } from './crc32.ts';

const contents = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc
      .integer({ min: 2 ** 20 - 3, max: 2 ** 20 + 3 })
      .map((length) => new Uint8Array(length).fill(length)),
  ),
  { maxLength: 6 },
);

async function expectSums(all: readonly Uint8Array[]): Promise<void> {
  const sums = await checksumsOf(all.map((bytes) => new Blob([Uint8Array.from(bytes)])));
  expect(sums).toEqual(all.map((bytes) => ({ crc: crc32(bytes), bytes: bytes.length })));
}

test('each blob has its own checksum, however the stream is cut', async () => {
  await fc.assert(fc.asyncProperty(contents, expectSums), { numRuns: 30 });
});
