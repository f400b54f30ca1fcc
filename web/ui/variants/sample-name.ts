import type { VariantToMake } from '../../core/dataset/tasks.ts';
import { hasRanges, sampleCount } from '../../core/dataset/template.ts';
import { partsText } from '../../core/edits/edit-text.ts';

/** `2 of 5` where a template makes several variants of a photo, else ''. */
export function sampleNumber({ template, sample }: Pick<VariantToMake, 'template' | 'sample'>) {
  const count = sampleCount(template);
  return count > 1 ? `${sample + 1} of ${count}` : '';
}

/** What a variant is called: photo, which of several, and template, the longest last. */
export function variantName(task: Pick<VariantToMake, 'photo' | 'template' | 'sample'>): string {
  return [task.photo.name, sampleNumber(task), task.template.name].filter(Boolean).join(' · ');
}

/** The values that were drawn for a variant; '' where the template draws none. */
export function drawnText({ template, edits }: Pick<VariantToMake, 'template' | 'edits'>): string {
  if (!hasRanges(template)) return '';
  return partsText(template.components.map(({ name }, index) => ({ name, edits: edits[index] })));
}
