import { expose, transfer } from 'comlink';
import { loadWasmInBrowser } from '../../files/codecs/browser-wasm.ts';
import { createCodecs } from '../../files/codecs/codecs.ts';
import type { PixelsWorker } from './contract.ts';
import { createPixels } from './pixels.ts';
import { browserScreen } from './screen.ts';

const pixels = createPixels(createCodecs(loadWasmInBrowser), browserScreen);

type ShownAnswer = Awaited<ReturnType<PixelsWorker['bitmap']>>;

function withBitmap(answer: ShownAnswer): ShownAnswer {
  return answer.ok ? transfer(answer, [answer.value.bitmap]) : answer;
}

expose({
  ...pixels,
  bitmap: async (...question) => withBitmap(await pixels.bitmap(...question)),
  preview: async (...question) => withBitmap(await pixels.preview(...question)),
  async modelInput(...question) {
    const answer = await pixels.modelInput(...question);
    return answer.ok ? transfer(answer, [answer.value.data.buffer]) : answer;
  },
} satisfies PixelsWorker);
