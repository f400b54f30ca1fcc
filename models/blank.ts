import {
  EMBEDDING_CHANNELS,
  EMBEDDING_LENGTH,
  EMBEDDING_SIDE,
} from '../web/core/segmentation/embedding.ts';
import { toHalves } from '../web/core/segmentation/half.ts';
import { MODEL_SIDE } from '../web/core/segmentation/model-space.ts';
import { createNodeEncoder } from './node-session.ts';

const CELLS = EMBEDDING_SIDE * EMBEDDING_SIDE;

/**
 * What the encoder makes of nothing: the mean cell of the embedding of an all-zero square, as
 * half floats. It stands beside photos that are encoded without their padding.
 * @param file path of the encoder.
 */
export async function blankCell(file: string): Promise<Uint16Array> {
  const encoder = await createNodeEncoder(file);
  const grid = { width: MODEL_SIDE, height: MODEL_SIDE };
  const embedding = await encoder.run(new Float32Array(3 * MODEL_SIDE * MODEL_SIDE), grid);
  if (embedding.length !== EMBEDDING_LENGTH) throw new Error('The encoder has another output.');
  return toHalves(
    Float32Array.from({ length: EMBEDDING_CHANNELS }, (_, channel) => {
      const plane = embedding.subarray(channel * CELLS, (channel + 1) * CELLS);
      return plane.reduce((sum, value) => sum + value, 0) / CELLS;
    }),
  );
}

/** The source text of web/core/segmentation/blank-cell.ts. */
export function blankCellSource(halves: Uint16Array): string {
  const hex = Array.from(halves, (half) => half.toString(16).padStart(4, '0')).join('');
  const lines = hex.match(/.{64}/g) ?? [];
  return [
    '/**',
    ' * The mean cell of what the encoder makes of an all-zero input: 256 half floats, four hex',
    ' * digits each. Written by `models/pin.ts`; a test compares it with the encoder in use.',
    ' */',
    'export const BLANK_CELL: readonly string[] = [',
    ...lines.map((line) => `  '${line}',`),
    '];',
    '',
  ].join('\n');
}
