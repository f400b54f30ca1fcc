import { expect, test } from 'vitest';
import { createNodeCodecs } from './node.ts';
import { GOLDEN, goldenHashes } from './testing/golden-files.ts';

test('files and pixels in Node are the golden ones', async () => {
  expect(await goldenHashes(createNodeCodecs())).toEqual(GOLDEN);
});
