import type { ImportedClass } from '../core/import/collect.ts';
import { givenMaskId } from '../core/transfer/given-mask.ts';
import type { GivenTemplate } from '../storage/given-masks.ts';
import type { StoredTemplate } from '../storage/schema.ts';
import { freeName, newComponent } from './editor/draft.ts';

/** A template of given masks for each imported class, after those that are there. */
export function givenTemplates(
  classes: readonly ImportedClass[],
  existing: readonly StoredTemplate[],
): GivenTemplate[] {
  const taken = existing.map(({ name }) => ({ name }));
  let order = existing.at(-1)?.order ?? -1;
  return classes.map(({ className, masks }) => {
    // Longer names are refused by the recipe.
    const short = className.slice(0, 90);
    const name = freeName(taken, short);
    taken.push({ name });
    order += 1;
    const [reference] = masks.keys();
    const given = Object.fromEntries([...masks].map(([photo, mask]) => [photo, givenMaskId(mask)]));
    const template: StoredTemplate = {
      id: crypto.randomUUID(),
      name,
      className: short,
      placement: 'given-masks',
      reference,
      components: [newComponent('object')],
      given,
      order,
    };
    return { template, masks };
  });
}
