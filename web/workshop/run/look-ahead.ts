import type { PlannedTask } from '../../core/run/plan.ts';
import { place } from '../../core/transfer/placement.ts';
import type { Segmenter } from '../segmenter.ts';

/** Tasks whose photos the encoder may work on before they are begun. */
const TASKS_AHEAD = 8;

/**
 * Has photos encoded ahead of the tasks that need them, a few at a time: encoded far ahead, the
 * first ones would be the least recently used and gone again before their turn.
 *
 * @param tasks in the order in which they will be begun
 */
export function createLookAhead(
  segmenter: Pick<Segmenter, 'encodeAhead'>,
  tasks: readonly PlannedTask[],
): (begun: PlannedTask) => void {
  const segmented = tasks.filter(({ photo, template: { placement, components } }) =>
    components.some(({ prompts }) => place(placement, prompts, photo).kind === 'segment'),
  );
  let next = 0;
  return ({ index }) => {
    while (segmented[next] && segmented[next].index < index) next++;
    const photos = segmented.slice(next, next + TASKS_AHEAD).map(({ photo }) => photo);
    if (photos.length > 0) segmenter.encodeAhead([...new Set(photos)]);
  };
}
