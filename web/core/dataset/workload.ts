import { plural } from '../flow/format.ts';
import type { Photo } from './photo.ts';
import { coversPhoto, sampleCount, type Template } from './template.ts';

/**
 * How many variants a project makes, as a sum that can be checked in the head:
 * `3 templates × 150 photos × 5 = 2,250 variants`.
 */
export function workloadText(
  photos: readonly Pick<Photo, 'hash'>[],
  templates: readonly Template[],
): string {
  const made = templates.map((template) => ({
    count: sampleCount(template),
    photos: photos.filter((photo) => coversPhoto(template, photo)).length,
  }));
  const total = made.reduce((sum, one) => sum + one.count * one.photos, 0);
  const end = `= ${plural(total, 'variant')}`;
  const ofPhotos = plural(photos.length, 'photo');
  if (made.some((one) => one.photos !== photos.length)) {
    return `${plural(templates.length, 'template')}, not each on all of ${ofPhotos} ${end}`;
  }
  const [first] = made;
  if (made.every(({ count }) => count === first.count)) {
    const times = first && first.count > 1 ? ` × ${first.count}` : '';
    return `${plural(templates.length, 'template')} × ${ofPhotos}${times} ${end}`;
  }
  return `${ofPhotos} × (${made.map(({ count }) => count).join(' + ')}) ${end}`;
}
