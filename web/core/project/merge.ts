import { unusedName } from '../dataset/names.ts';
import type { DoneVariant } from '../dataset/variant.ts';
import type { OrderedTemplate, ProjectManifest } from './manifest.ts';

/** What there is before a project file is taken in. */
export interface Existing {
  readonly photos: readonly { readonly hash: string; readonly order: number }[];
  readonly templates: readonly OrderedTemplate[];
}

/** A template to add, and the position in the file that its given masks lie under. */
export interface AddedTemplate {
  readonly template: OrderedTemplate;
  readonly index: number;
}

export interface MergePlan {
  readonly photos: ProjectManifest['photos'];
  readonly templates: readonly AddedTemplate[];
  readonly variants: readonly DoneVariant[];
}

/**
 * What a project file adds to what is there: photos that are not, after the others; templates that
 * are not. A template with a taken name or id gets another one, and then its results do not belong
 * to it any more: names seed noise.
 *
 * @param newId makes an id that nobody has
 */
export function planMerge(
  manifest: ProjectManifest,
  { photos, templates }: Existing,
  newId: () => string,
): MergePlan {
  const known = new Set(photos.map(({ hash }) => hash));
  let order = Math.max(-1, ...photos.map((photo) => photo.order));
  const addedPhotos = manifest.photos
    .filter(({ hash }) => !known.has(hash))
    .map((photo) => {
      order += 1;
      return { ...photo, order };
    });

  let place = Math.max(-1, ...templates.map((template) => template.order));
  const names = new Set(templates.map(({ name }) => name));
  const kept = new Set<string>();
  const added = manifest.templates.flatMap((template, index): AddedTemplate[] => {
    const twin = templates.find(({ id }) => id === template.id);
    if (twin && isSame(twin, template)) {
      kept.add(template.id);
      return [];
    }
    const name = unusedName(template.name, names);
    names.add(name);
    place += 1;
    if (!twin && name === template.name) kept.add(template.id);
    return [
      { template: { ...template, id: twin ? newId() : template.id, name, order: place }, index },
    ];
  });
  const variants = manifest.variants.filter(({ templateId }) => kept.has(templateId));
  return { photos: addedPhotos, templates: added, variants };
}

function isSame(a: OrderedTemplate, b: OrderedTemplate): boolean {
  const plain = ({ order: _, ...template }: OrderedTemplate) =>
    JSON.stringify(Object.entries(template).sort(([x], [y]) => (x < y ? -1 : 1)));
  return plain(a) === plain(b);
}
