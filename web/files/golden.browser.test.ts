import { expect, test } from 'vitest';
import { loadWasmInBrowser } from './codecs/browser-wasm.ts';
import { createCodecs } from './codecs/codecs.ts';
import { GOLDEN, goldenHashes } from './testing/golden-files.ts';

test('files and pixels in this browser are the golden ones, as in Node', async () => {
  expect(await goldenHashes(createCodecs(loadWasmInBrowser))).toEqual(GOLDEN);
});
