import type { Photo } from '../dataset/photo.ts';
import type { VariantTask } from '../dataset/tasks.ts';
import type { Template } from '../dataset/template.ts';
import type { Edits } from '../edits/edits.ts';
import type { OutputSettings } from '../export/recipe.ts';
import type { ItemState } from './machine.ts';

/** What a run makes and how, as it was when the run was begun: later changes do not reach it. */
export interface RunPlan {
  /** Every template of the run, once. */
  readonly templates: readonly Template[];
  readonly output: OutputSettings;
  /** Names the model and its tier; a run goes on with the same one only. */
  readonly model: string;
}

/** One variant of a plan. */
export interface PlannedItem {
  /** Place in the plan, from 0: the order in which items are begun. */
  readonly index: number;
  /** Key of the variant: a hash of everything that decides its bytes. */
  readonly key: string;
  /** SHA-256 of the photo's file, hex. */
  readonly photo: string;
  /** Place of its template in the plan. */
  readonly template: number;
  readonly sample: number;
  /** Ranges drawn, one per component. */
  readonly edits: readonly Edits[];
  readonly state: ItemState;
}

export interface PlannedRun {
  readonly plan: RunPlan;
  readonly items: readonly PlannedItem[];
}

/** A task with its place in the plan. */
export interface PlannedTask extends VariantTask {
  readonly index: number;
}

/** Writes down what is to be made, in the order of `tasks`. */
export function planRun(
  tasks: readonly VariantTask[],
  output: OutputSettings,
  model: string,
): PlannedRun {
  const places = new Map<Template, number>();
  const items = tasks.map(({ key, photo, template, sample, edits }, index): PlannedItem => {
    const place = places.get(template) ?? places.size;
    places.set(template, place);
    return { index, key, photo: photo.hash, template: place, sample, edits, state: 'waiting' };
  });
  return { plan: { templates: [...places.keys()], output, model }, items };
}

export interface TasksLeft {
  readonly tasks: readonly PlannedTask[];
  /** Places of items whose photo or template has been removed since. */
  readonly gone: readonly number[];
}

/**
 * What is still to be made of a plan, in its order.
 *
 * @param waiting items that are neither made nor failed
 * @param photos the dataset as it is now
 * @param isKept whether a template is still on the list, in whatever shape
 */
export function tasksLeft(
  { templates }: RunPlan,
  waiting: readonly PlannedItem[],
  photos: readonly Photo[],
  isKept: (templateId: string) => boolean,
): TasksLeft {
  const byHash = new Map(photos.map((photo) => [photo.hash, photo]));
  const tasks: PlannedTask[] = [];
  const gone: number[] = [];
  for (const { index, key, photo: hash, template: place, sample, edits } of waiting) {
    const photo = byHash.get(hash);
    const template = templates[place];
    if (photo && isKept(template.id)) tasks.push({ index, key, photo, template, sample, edits });
    else gone.push(index);
  }
  return { tasks: tasks.sort((a, b) => a.index - b.index), gone };
}
