import { MAX_NAME, unusedName } from '../core/dataset/names.ts';
import type { ImportedClass } from '../core/import/collect.ts';
import { givenMaskId } from '../core/transfer/given-mask.ts';
import type { GivenTemplate } from '../storage/given-masks.ts';
import type { StoredTemplate } from '../storage/schema.ts';
import { newComponent } from './editor/draft.ts';

/** Whether several objects of a class on one photo become one mask, or each has a template. */
export type ObjectsOfClass = 'joined' | 'apart';

/** How many templates `givenTemplates` would make. */
export function countTemplates(classes: readonly ImportedClass[], how: ObjectsOfClass): number {
  return classes.reduce((sum, { objects }) => sum + (how === 'apart' ? objects.length : 1), 0);
}

/**
 * A template of given masks for each imported class, after those that are there; apart, one for each
 * object that a photo has of it, all of the same class.
 */
export function givenTemplates(
  classes: readonly ImportedClass[],
  how: ObjectsOfClass,
  existing: readonly StoredTemplate[],
): GivenTemplate[] {
  const taken = new Set(existing.map(({ name }) => name));
  let order = existing.at(-1)?.order ?? -1;
  const wanted = classes.flatMap(({ className, masks, objects }) =>
    (how === 'apart' ? objects : [masks]).map((own) => ({ className, masks: own })),
  );
  return wanted.map(({ className, masks }) => {
    const name = unusedName(className, taken);
    taken.add(name);
    order += 1;
    const [reference] = masks.keys();
    const given = Object.fromEntries([...masks].map(([photo, mask]) => [photo, givenMaskId(mask)]));
    const template: StoredTemplate = {
      id: crypto.randomUUID(),
      name,
      className: className.slice(0, MAX_NAME),
      placement: 'given-masks',
      reference,
      components: [newComponent('object')],
      given,
      order,
    };
    return { template, masks };
  });
}
