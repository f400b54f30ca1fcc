import type { Size } from '../../web/core/geometry/spaces.ts';
import type {
  CandidateIndex,
  ImagePrompts,
  PromptBox,
  PromptPoint,
} from '../../web/core/segmentation/prompts.ts';
import { Failure } from '../problem.ts';
import type { Arguments } from './parse.ts';

/**
 * Clicks and box of a command line, in the order in which they were typed.
 * @param photo the upright photo, px
 * @throws Failure for what is no click on this photo
 */
export function promptsOf({ typed, values }: Arguments, photo: Size): ImagePrompts {
  const points: PromptPoint<'image'>[] = [];
  let box: PromptBox<'image'> | null = null;
  for (const { name, value = '' } of typed) {
    if (name === 'point' || name === 'exclude') {
      const [x, y] = numbers(name, value, 2, photo);
      points.push({ x, y, include: name === 'point' });
    } else if (name === 'box') {
      const [xa, ya, xb, yb] = numbers(name, value, 4, photo);
      box = {
        x0: Math.min(xa, xb),
        y0: Math.min(ya, yb),
        x1: Math.max(xa, xb),
        y1: Math.max(ya, yb),
      };
    }
  }
  if (box === null && !points.some(({ include }) => include)) {
    throw new Failure(
      'usage',
      'There is no click on the object.',
      'Give --point X,Y or --box X0,Y0,X1,Y1, in pixels of the upright photo.',
    );
  }
  const candidate = candidateOf(String(values.candidate ?? 'auto'));
  if (candidate === undefined) return { points, box };
  const last = points.pop();
  if (last) points.push({ ...last, candidate });
  return { points, box: box && !last ? { ...box, candidate } : box };
}

function numbers(name: string, text: string, count: number, { width, height }: Size): number[] {
  const values = text.split(',').map(Number);
  const isInside = values.every(
    (value, index) => value >= 0 && value <= (index % 2 === 0 ? width : height),
  );
  if (values.length === count && isInside && !text.split(',').some((part) => part.trim() === '')) {
    return values;
  }
  const wanted = count === 2 ? 'X,Y' : 'X0,Y0,X1,Y1';
  throw new Failure(
    'usage',
    `--${name} ${text} is no place on a photo of ${width} × ${height}.`,
    `Write --${name} ${wanted} in pixels of the upright photo.`,
  );
}

function candidateOf(text: string): CandidateIndex | undefined {
  if (text === 'auto') return undefined;
  const index = [0, 1, 2, 3].find((one) => String(one) === text);
  if (index !== undefined) return index as CandidateIndex;
  throw new Failure(
    'usage',
    `--candidate ${text} is none of auto, 0, 1, 2, 3.`,
    'Take auto, 0 for the single answer, or 1 to 3 for growing extent.',
  );
}
