import { fileStem } from '../dataset/names.ts';
import type { Size } from '../geometry/spaces.ts';

/** A photo that annotations may speak of. */
export interface KnownPhoto extends Size {
  readonly hash: string;
  /** Every path under which it is known: where it came from, and copies that came with it. */
  readonly paths: readonly string[];
}

export type FoundPhoto = KnownPhoto | 'unknown' | 'ambiguous';

/** Folders in which datasets keep pictures and what belongs to them: one name for all. */
const PARALLEL_FOLDERS: ReadonlySet<string> = new Set([
  'images',
  'labels',
  'masks',
  'mask',
  'variants',
  'jpegimages',
  'segmentationclass',
  'annotations',
]);

const PICTURE = /\.(?:jpe?g|png|webp|bmp|tiff?|gif)$/i;

/**
 * Finds photos by the paths that annotations use. The name must agree (its extension only when
 * there is one), and among several the one whose folders agree furthest is meant. Letter case does
 * not count, nor whether a path starts higher or lower.
 */
export function createPhotoFinder(photos: readonly KnownPhoto[]): (image: string) => FoundPhoto {
  const byStem = new Map<string, { readonly photo: KnownPhoto; readonly parts: Parts }[]>();
  for (const photo of photos) {
    for (const path of photo.paths) {
      const parts = partsOf(path);
      const list = byStem.get(parts.stem) ?? [];
      list.push({ photo, parts });
      byStem.set(parts.stem, list);
    }
  }
  return (image) => {
    const asked = partsOf(image);
    const same = byStem.get(asked.stem) ?? [];
    const exact = same.filter(
      ({ parts }) => asked.extension && parts.extension === asked.extension,
    );
    // A picture may have been converted since it was annotated.
    const candidates = exact.length > 0 ? exact : same;
    let best: KnownPhoto | 'unknown' = 'unknown';
    let bestScore = -1;
    let isTie = false;
    for (const { photo, parts } of candidates) {
      const score = agreement(asked.folders, parts.folders);
      if (score > bestScore) {
        best = photo;
        bestScore = score;
        isTie = false;
      } else if (score === bestScore && best !== photo) isTie = true;
    }
    return isTie ? 'ambiguous' : best;
  };
}

interface Parts {
  readonly stem: string;
  readonly extension: string;
  /** From the innermost out. */
  readonly folders: readonly string[];
}

function partsOf(path: string): Parts {
  const parts = path
    .toLowerCase()
    .split(/[/\\]/)
    .filter((part) => part !== '' && part !== '.');
  const name = parts.pop() ?? '';
  const isPicture = PICTURE.test(name);
  const folders = parts.map((part) => (PARALLEL_FOLDERS.has(part) ? '*' : part)).reverse();
  return {
    stem: isPicture ? fileStem(name) : name,
    extension: isPicture ? name.slice(name.lastIndexOf('.')) : '',
    folders,
  };
}

/** How many folders agree, from the innermost out. */
function agreement(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a[count] === b[count]) count += 1;
  return count;
}
