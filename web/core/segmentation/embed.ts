import type { Raster } from '../raster/raster.ts';
import { BLANK_CELL } from './blank-cell.ts';
import { EMBEDDING_CHANNELS, EMBEDDING_LENGTH, EMBEDDING_SIDE } from './embedding.ts';
import { toHalves } from './half.ts';
import { CELL_SIDE, type ModelFrame } from './model-space.ts';
import { imageTensor } from './preprocess.ts';
import type { EncoderSession } from './sessions.ts';

const CELLS = EMBEDDING_SIDE * EMBEDDING_SIDE;

/**
 * Encodes one photo. What is computed is the frame's grid; it comes to lie at the top left, and
 * every cell beside it is the blank one, as if the padding had been encoded too.
 * @param picture upright and resized to the frame's input.
 * @returns half floats [1, 256, 64, 64].
 */
export async function embedPhoto(
  session: EncoderSession,
  picture: Raster,
  frame: ModelFrame,
): Promise<Uint16Array<ArrayBuffer>> {
  const cells = toHalves(await session.run(imageTensor(picture, frame), frame.grid));
  const columns = frame.grid.width / CELL_SIDE;
  const rows = frame.grid.height / CELL_SIDE;
  if (cells.length !== EMBEDDING_CHANNELS * rows * columns) {
    throw new RangeError(
      `The encoder answered with ${cells.length} numbers for ${columns} × ${rows} cells.`,
    );
  }
  if (cells.length === EMBEDDING_LENGTH) return cells;
  const blank = blankCell();
  const embedding = new Uint16Array(EMBEDDING_LENGTH);
  for (let channel = 0; channel < EMBEDDING_CHANNELS; channel++) {
    const plane = channel * CELLS;
    embedding.fill(blank[channel], plane, plane + CELLS);
    for (let row = 0; row < rows; row++) {
      const from = (channel * rows + row) * columns;
      embedding.set(cells.subarray(from, from + columns), plane + row * EMBEDDING_SIDE);
    }
  }
  return embedding;
}

function blankCell(): Uint16Array {
  const hex = BLANK_CELL.join('');
  return Uint16Array.from({ length: EMBEDDING_CHANNELS }, (_, channel) =>
    Number.parseInt(hex.slice(4 * channel, 4 * channel + 4), 16),
  );
}
