import { createMask, type Mask } from '../mask/mask.ts';
import type { Raster } from '../raster/raster.ts';
import type { ImportSink } from './found-mask.ts';
import { unnamedClass } from './yolo.ts';

/** Colours are 0xRRGGBB. */
const BLACK = 0;
/** Borders of objects in Pascal VOC, in its palette and as a class number: not to be counted. */
const UNCOUNTED: ReadonlySet<number> = new Set([0xe0e0c0, 0xffffff]);

/** The classes of Pascal VOC 2012, for masks that come without a label map. */
const VOC_CLASSES = (
  'aeroplane,bicycle,bird,boat,bottle,bus,car,cat,chair,cow,' +
  'diningtable,dog,horse,motorbike,person,pottedplant,sheep,sofa,train,tvmonitor'
).split(',');

/** Above this a grey level is inside. */
const HALF = 127;

/**
 * The label map of a VOC dataset as CVAT and Datumaro write it: `name:r,g,b::` a line. Lines that
 * are none are passed over.
 */
export function readLabelMap(text: string): Map<number, string> {
  const names = new Map<number, string>();
  for (const line of text.split(/\r\n|\r|\n/)) {
    const match = /^([^#:][^:]*):(\d{1,3}),(\d{1,3}),(\d{1,3}):/.exec(line);
    if (!match) continue;
    const [red, green, blue] = match.slice(2).map(Number);
    const colour = (red << 16) | (green << 8) | blue;
    if (colour !== BLACK) names.set(colour, match[1].trim());
  }
  return names;
}

/**
 * Reads a class mask of Pascal VOC, one mask a colour. Colours that the label map does not name are
 * the classes of VOC 2012 in the palette's order; pictures that hold class numbers as greys are
 * read by these.
 *
 * @param raster as a decoder gives it: the palette's colours, not its indexes
 * @param labels colours and names of the dataset; empty when it has no label map
 */
export function readVocMask(
  raster: Raster,
  image: string,
  labels: ReadonlyMap<number, string>,
  sink: ImportSink,
): void {
  const masks = new Map<number, Mask>();
  const { width, height, data } = raster;
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const at = pixel * 4;
    const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
    if (colour === BLACK || (UNCOUNTED.has(colour) && !labels.has(colour))) continue;
    let mask = masks.get(colour);
    if (!mask) {
      // A photograph instead of a mask would make one for each of its colours.
      if (masks.size === MAX_COLOURS) {
        sink.problem('', { kind: 'not-a-mask' });
        return;
      }
      mask = createMask(width, height);
      masks.set(colour, mask);
    }
    mask.data[pixel] = 1;
  }
  for (const [colour, mask] of [...masks].sort(([a], [b]) => a - b)) {
    const className = labels.get(colour) ?? standardName(colour);
    const shape = { kind: 'bitmap', mask } as const;
    sink.mask({ image, size: { width, height }, className, shape, place: '' });
  }
}

const MAX_COLOURS = 32;

function standardName(colour: number): string {
  const index = paletteIndex(colour) ?? colour & 255;
  return VOC_CLASSES[index - 1] ?? unnamedClass(index);
}

/** The index whose colour in VOC's palette this is; null for a grey of class numbers. */
function paletteIndex(colour: number): number | null {
  const levels = [colour >> 16, (colour >> 8) & 255, colour & 255];
  if (levels.every((level) => level === levels[0]) && levels[0] < 64) return null;
  let index = 0;
  levels.forEach((level, channel) => {
    // Top bits of red, green and blue, in turn, are the bits of the index from the lowest up.
    for (let bit = 0; bit * 3 + channel < 8; bit += 1) {
      if (level & (128 >> bit)) index |= 1 << (bit * 3 + channel);
    }
  });
  return index;
}

/** Reads a mask PNG: light is inside. Colours make it a picture, not a mask. */
export function readMaskPicture(
  raster: Raster,
  image: string,
  className: string,
  sink: ImportSink,
): void {
  const { width, height, data } = raster;
  const mask = createMask(width, height);
  for (let pixel = 0; pixel < mask.data.length; pixel += 1) {
    const at = pixel * 4;
    if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) {
      sink.problem('', { kind: 'not-a-mask' });
      return;
    }
    mask.data[pixel] = data[at] > HALF && data[at + 3] > HALF ? 1 : 0;
  }
  const shape = { kind: 'bitmap', mask } as const;
  sink.mask({ image, size: { width, height }, className, shape, place: '' });
}
