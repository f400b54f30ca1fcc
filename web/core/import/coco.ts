import type { Size } from '../geometry/spaces.ts';
import type { FoundShape, ImportSink } from './found-mask.ts';
import { isNumbers, isRecord, isSide, nameOf } from './json-values.ts';

/** Whether a JSON value looks like a COCO file. */
export function isCoco(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && Array.isArray(value.images) && Array.isArray(value.annotations);
}

interface CocoImage {
  readonly name: string;
  readonly size: Size | null;
}

/**
 * Reads COCO "instances": run lengths, compressed or not, and polygons. Annotations without a
 * segmentation are boxes; what does not fit the format is named and left out.
 *
 * Format: https://cocodataset.org/#format-data
 */
export function readCoco(file: Readonly<Record<string, unknown>>, sink: ImportSink): void {
  const images = readImages(file.images, sink);
  const categories = readCategories(file.categories, sink);
  for (const [index, entry] of (file.annotations as readonly unknown[]).entries()) {
    readAnnotation(entry, `annotations[${index}]`, images, categories, sink);
  }
}

function readAnnotation(
  entry: unknown,
  place: string,
  images: ReadonlyMap<unknown, CocoImage>,
  categories: ReadonlyMap<unknown, string>,
  sink: ImportSink,
) {
  const bad = (what: string) => sink.problem(place, { kind: 'bad-value', what });
  if (!isRecord(entry)) return bad('an annotation must be an object');
  const { segmentation } = entry;
  if (segmentation === undefined || (Array.isArray(segmentation) && segmentation.length === 0)) {
    return sink.other();
  }
  const image = images.get(entry.image_id);
  if (!image) return bad('its image_id names no image of the file');
  const className = categories.get(entry.category_id);
  if (className === undefined) return bad('its category_id names no category of the file');
  const found = segmentationOf(segmentation);
  if (typeof found === 'string') return bad(found);
  if (found.size && image.size && !isSame(found.size, image.size)) {
    return bad('its mask has another size than its image');
  }
  const { shape, size } = found;
  sink.mask({ image: image.name, size: size ?? image.size, className, shape, place });
}

function isSame(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}

function readImages(list: unknown, sink: ImportSink): Map<unknown, CocoImage> {
  const images = new Map<unknown, CocoImage>();
  (list as readonly unknown[]).forEach((entry, index) => {
    const name = isRecord(entry) ? nameOf(entry.file_name) : null;
    if (!isRecord(entry) || name === null) {
      sink.problem(`images[${index}]`, { kind: 'bad-value', what: 'it has no file_name' });
      return;
    }
    const { width, height } = entry;
    images.set(entry.id, {
      name,
      size: isSide(width) && isSide(height) ? { width, height } : null,
    });
  });
  return images;
}

function readCategories(list: unknown, sink: ImportSink): Map<unknown, string> {
  const categories = new Map<unknown, string>();
  if (!Array.isArray(list)) return categories;
  list.forEach((entry, index) => {
    const name = isRecord(entry) ? nameOf(entry.name) : null;
    if (isRecord(entry) && name !== null) categories.set(entry.id, name);
    else sink.problem(`categories[${index}]`, { kind: 'bad-value', what: 'it has no name' });
  });
  return categories;
}

/** A segmentation, or what is wrong with it. */
export function segmentationOf(
  value: unknown,
): { readonly shape: FoundShape; readonly size: Size | null } | string {
  if (Array.isArray(value)) {
    // Some tools write one polygon without the list around it.
    const rings = isNumbers(value) ? [value] : value;
    if (!rings.every(isNumbers)) return 'its polygons are not lists of numbers';
    return { shape: { kind: 'polygons', rings, rule: 'coco' }, size: null };
  }
  if (!isRecord(value)) return 'its segmentation is neither polygons nor run lengths';
  const { counts, size } = value;
  if (!Array.isArray(size) || size.length !== 2 || !isSide(size[0]) || !isSide(size[1])) {
    return 'its run lengths have no size';
  }
  const of = { height: size[0], width: size[1] };
  if (typeof counts === 'string') return { shape: { kind: 'rle-text', counts }, size: of };
  if (isNumbers(counts)) return { shape: { kind: 'rle', counts }, size: of };
  return 'its counts are neither text nor numbers';
}
