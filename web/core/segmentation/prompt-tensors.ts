import type { DecoderInputs } from './decode.ts';
import { type ModelFrame, toModel } from './model-space.ts';
import type { ImagePrompts } from './prompts.ts';

const LABEL = { exclude: 0, include: 1, boxTopLeft: 2, boxBottomRight: 3, padding: -1 };

/**
 * Prompts as the decoder reads them: the points, then the two corners of the box, or without a
 * box one point of padding, as the model was trained.
 * @param frame of the photo the prompts belong to.
 */
export function promptTensors(
  prompts: ImagePrompts,
  frame: ModelFrame,
): Pick<DecoderInputs, 'coords' | 'labels'> {
  const coords: number[] = [];
  const labels: number[] = [];
  const add = (x: number, y: number, label: number) => {
    const point = toModel({ x, y }, frame);
    coords.push(point.x, point.y);
    labels.push(label);
  };
  for (const { x, y, include } of prompts.points) {
    add(x, y, include ? LABEL.include : LABEL.exclude);
  }
  if (prompts.box) {
    const { x0, y0, x1, y1 } = prompts.box;
    add(Math.min(x0, x1), Math.min(y0, y1), LABEL.boxTopLeft);
    add(Math.max(x0, x1), Math.max(y0, y1), LABEL.boxBottomRight);
  } else {
    add(0, 0, LABEL.padding);
  }
  return { coords: Float32Array.from(coords), labels: Float32Array.from(labels) };
}
