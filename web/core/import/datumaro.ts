import type { Size } from '../geometry/spaces.ts';
import { segmentationOf } from './coco.ts';
import type { ImportSink } from './found-mask.ts';
import { isNumbers, isRecord, isSide, nameOf } from './json-values.ts';

/** Whether a JSON value looks like a Datumaro file. */
export function isDatumaro(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && Array.isArray(value.items) && isRecord(value.categories);
}

/**
 * Reads masks and polygons of a Datumaro file; boxes, points, labels and the like are no masks.
 *
 * Format: `datumaro/plugins/data_formats/datumaro/base.py` of openvinotoolkit/datumaro.
 */
export function readDatumaro(file: Readonly<Record<string, unknown>>, sink: ImportSink): void {
  const labels = labelsOf(file.categories);
  for (const [index, item] of (file.items as readonly unknown[]).entries()) {
    const place = `items[${index}]`;
    const image = isRecord(item) ? imageOf(item) : null;
    if (!isRecord(item) || !image || !Array.isArray(item.annotations)) {
      sink.problem(place, { kind: 'bad-value', what: 'it is no picture with annotations' });
      continue;
    }
    for (const [at, entry] of item.annotations.entries()) {
      readAnnotation(entry, image, labels, `${place}.annotations[${at}]`, sink);
    }
  }
}

interface ItemImage {
  readonly name: string;
  readonly size: Size | null;
}

function readAnnotation(
  entry: unknown,
  image: ItemImage,
  labels: readonly (string | null)[],
  place: string,
  sink: ImportSink,
) {
  const bad = (what: string) => sink.problem(place, { kind: 'bad-value', what });
  if (!isRecord(entry)) return bad('an annotation must be an object');
  if (entry.type !== 'mask' && entry.type !== 'polygon') return sink.other();
  const className = labels[entry.label_id as number];
  if (!className) return bad('its label_id names no label of the file');
  const written = entry.type === 'mask' ? entry.rle : [entry.points];
  if (entry.type === 'polygon' && !isNumbers(entry.points)) {
    return bad('its points are not numbers');
  }
  const found = segmentationOf(written);
  if (typeof found === 'string') return bad(found);
  const size = found.size ?? image.size;
  sink.mask({ image: image.name, size, className, shape: found.shape, place });
}

function labelsOf(categories: unknown): (string | null)[] {
  const label = isRecord(categories) ? categories.label : null;
  const list = isRecord(label) && Array.isArray(label.labels) ? label.labels : [];
  return list.map((entry) => (isRecord(entry) ? nameOf(entry.name) : null));
}

function imageOf({ id, image, media }: Readonly<Record<string, unknown>>): ItemImage | null {
  const told = isRecord(image) ? image : isRecord(media) ? media : {};
  const name = nameOf(told.path) ?? nameOf(id);
  const { size } = told;
  const isSize = Array.isArray(size) && isSide(size[0]) && isSide(size[1]);
  return name === null ? null : { name, size: isSize ? { height: size[0], width: size[1] } : null };
}
