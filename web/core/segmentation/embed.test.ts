import { expect, test } from 'vitest';
import { createRaster } from '../raster/raster.ts';
import { embedPhoto } from './embed.ts';
import { EMBEDDING_LENGTH, EMBEDDING_SIDE } from './embedding.ts';
import { fromHalf } from './half.ts';
import { frameOf } from './model-space.ts';
import type { EncoderSession } from './sessions.ts';

const PLANE = EMBEDDING_SIDE ** 2;

/** Every cell has the number 32 × row + column, so that a misplaced one shows. */
const numbered: EncoderSession = {
  async run(_, { width, height }) {
    const [columns, rows] = [width / 16, height / 16];
    return Float32Array.from({ length: 256 * rows * columns }, (_, i) => {
      const cell = i % (rows * columns);
      return Math.floor(cell / columns) * 32 + (cell % columns);
    });
  },
};

async function embed(tier: 'quick' | 'reference') {
  const frame = frameOf({ width: 300, height: 200 }, tier);
  const picture = createRaster(frame.input.width, frame.input.height);
  return { frame, embedding: await embedPhoto(numbered, picture, frame) };
}

test('the photo comes to lie at the top left, the blank cell everywhere else', async () => {
  const { frame, embedding } = await embed('quick');
  const [columns, rows] = [frame.grid.width / 16, frame.grid.height / 16];
  expect(embedding).toHaveLength(EMBEDDING_LENGTH);
  for (const channel of [0, 17, 255]) {
    const blank = embedding[channel * PLANE + PLANE - 1];
    for (let cell = 0; cell < PLANE; cell++) {
      const [x, y] = [cell % EMBEDDING_SIDE, Math.floor(cell / EMBEDDING_SIDE)];
      const half = embedding[channel * PLANE + cell];
      if (x < columns && y < rows) expect(fromHalf(half)).toBe(y * 32 + x);
      else expect(half).toBe(blank);
    }
  }
  // The blank cell differs from channel to channel.
  expect(embedding[PLANE - 1]).not.toBe(embedding[2 * PLANE - 1]);
});

test('a padded photo fills all cells itself', async () => {
  const { embedding } = await embed('reference');
  expect(fromHalf(embedding[50 * EMBEDDING_SIDE + 60])).toBe(50 * 32 + 60);
});

test('an encoder that answers with another size is refused', async () => {
  const frame = frameOf({ width: 300, height: 200 }, 'quick');
  const picture = createRaster(frame.input.width, frame.input.height);
  const wrong: EncoderSession = { run: async () => new Float32Array(7) };
  await expect(embedPhoto(wrong, picture, frame)).rejects.toThrow('7 numbers');
});
