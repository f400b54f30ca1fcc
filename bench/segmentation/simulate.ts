import type { Size } from '../../web/core/geometry/spaces.ts';
import { deepestPoint } from '../../web/core/mask/distance.ts';
import { createMask, type Mask, maskArea } from '../../web/core/mask/mask.ts';
import type { ImagePrompts, PromptPoint } from '../../web/core/segmentation/prompts.ts';

/** Ground truth: 1 object, 0 background; pixels of `ignore` count neither way. */
export interface Truth {
  readonly object: Mask;
  readonly ignore: Mask;
}

/** IoU over the pixels that count. Two empty masks agree. */
export function iou(mask: Mask, { object, ignore }: Truth): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < mask.data.length; i++) {
    if (ignore.data[i]) continue;
    both += mask.data[i] & object.data[i];
    either += mask.data[i] | object.data[i];
  }
  return either === 0 ? 1 : both / either;
}

/**
 * The click that a careful user would make next: at the deepest point of the larger of what is
 * missing and what is too much, at the centre of its pixel. Null when nothing is wrong.
 * @param mask so far; null before the first click.
 */
export function nextClick(
  mask: Mask | null,
  { object, ignore }: Truth,
): PromptPoint<'image'> | null {
  const missing = differenceOf(object, mask, ignore);
  const excess = mask
    ? differenceOf(mask, object, ignore)
    : createMask(object.width, object.height);
  const include = maskArea(missing) >= maskArea(excess);
  const point = deepestPoint(include ? missing : excess);
  return point && { ...point, include };
}

/** Clicks to begin with: the careful one, then others anywhere inside the object. */
export function firstClicks(
  truth: Truth,
  count: number,
  random: () => number,
): readonly PromptPoint<'image'>[] {
  const { object } = truth;
  const careful = nextClick(null, truth);
  if (!careful) return [];
  const clicks = [careful];
  while (clicks.length < count) {
    const x = Math.floor(random() * object.width);
    const y = Math.floor(random() * object.height);
    if (object.data[y * object.width + x]) {
      clicks.push({ x: x + 0.5, y: y + 0.5, include: true });
    }
  }
  return clicks;
}

export interface ClickOutcome {
  /** IoU after 1, 2, … clicks. */
  readonly ious: readonly number[];
}

/**
 * Clicks until `count` clicks are made.
 * @param segment the mask in the photo's own pixels for these prompts.
 * @param first click to begin with; the careful one when absent.
 */
export async function simulateClicks(
  truth: Truth,
  count: number,
  segment: (prompts: ImagePrompts, size: Size) => Promise<Mask>,
  first: PromptPoint<'image'> | null = nextClick(null, truth),
): Promise<ClickOutcome> {
  const size = { width: truth.object.width, height: truth.object.height };
  const points: PromptPoint<'image'>[] = [];
  const ious: number[] = [];
  let mask: Mask | null = null;
  while (ious.length < count) {
    const click = mask ? nextClick(mask, truth) : first;
    if (click || !mask) {
      if (click) points.push(click);
      mask = await segment({ points: [...points], box: null }, size);
    }
    ious.push(iou(mask, truth));
  }
  return { ious };
}

function differenceOf(mask: Mask, without: Mask | null, ignore: Mask): Mask {
  const difference = createMask(mask.width, mask.height);
  for (let i = 0; i < difference.data.length; i++) {
    if (mask.data[i] && !without?.data[i] && !ignore.data[i]) difference.data[i] = 1;
  }
  return difference;
}
