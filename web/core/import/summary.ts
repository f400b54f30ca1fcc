import { plural } from '../flow/format.ts';
import type { ImportedAnnotations } from './collect.ts';

/**
 * What an import has found, in sentences: "COCO: 3 classes, 120 masks on 40 photos." first, then
 * what was left out.
 */
export function describeImport(found: ImportedAnnotations): {
  readonly headline: string;
  readonly leftOut: readonly string[];
} {
  const { classes, kinds, photos, unknown, others, problemCount } = found;
  const all = classes.flatMap(({ objects }) => objects);
  const masks = all.reduce((sum, { size }) => sum + size, 0);
  const from = kinds.map(({ kind }) => kind).join(' and ');
  const headline =
    masks === 0
      ? 'No masks that could be used.'
      : `${from}: ${plural(classes.length, 'class', 'classes')}, ` +
        `${plural(masks, 'mask')} on ${plural(photos, 'photo')}.`;
  const leftOut: string[] = [];
  if (unknown.length > 0) {
    leftOut.push(`${plural(unknown.length, 'picture')} not in the dataset`);
  }
  if (others > 0)
    leftOut.push(`${plural(others, 'box or point', 'boxes or points')} without a mask`);
  if (problemCount > 0) leftOut.push(`${plural(problemCount, 'thing')} that could not be read`);
  return { headline, leftOut };
}
