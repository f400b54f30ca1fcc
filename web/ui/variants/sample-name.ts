import type { VariantToMake } from '../../core/dataset/tasks.ts';
import { hasRanges, sampleCount } from '../../core/dataset/template.ts';
import { partsText } from '../../core/edits/edit-text.ts';

/** `red monster`, or `red monster · 2 of 5` where a template makes several of a photo. */
export function sampleName({ template, sample }: Pick<VariantToMake, 'template' | 'sample'>) {
  const count = sampleCount(template);
  return count > 1 ? `${template.name} · ${sample + 1} of ${count}` : template.name;
}

/** The values that were drawn for a variant; '' where the template draws none. */
export function drawnText({ template, edits }: Pick<VariantToMake, 'template' | 'edits'>): string {
  if (!hasRanges(template)) return '';
  return partsText(template.components.map(({ name }, index) => ({ name, edits: edits[index] })));
}
