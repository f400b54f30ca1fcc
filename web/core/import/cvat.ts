import type { Size } from '../geometry/spaces.ts';
import type { FoundShape, ImportSink } from './found-mask.ts';
import { isSide, nameOf } from './json-values.ts';
import { readXml, type XmlFault } from './xml.ts';

type Attributes = ReadonlyMap<string, string>;

/** Shapes of CVAT that have no area of their own. */
const OTHER_SHAPES: ReadonlySet<string> = new Set([
  'box',
  'polyline',
  'points',
  'cuboid',
  'skeleton',
  'ellipse',
  'tag',
]);

/**
 * Reads masks and polygons of "CVAT for images 1.1". Tracks of videos are not read: their frames
 * have no names.
 *
 * Format: https://docs.cvat.ai/docs/dataset_management/formats/xml_format/
 * @returns what is wrong with the XML, or null
 */
export function readCvat(text: string, sink: ImportSink): XmlFault | null {
  let image: { readonly name: string; readonly size: Size | null } | null = null;
  return readXml(text, {
    open(name, attributes, line) {
      const place = `line ${line}`;
      const bad = (what: string) => sink.problem(place, { kind: 'bad-value', what });
      if (name === 'track') return bad('it is a video task; images are needed');
      if (name === 'image') {
        image = imageOf(attributes);
        if (!image) bad('an image has no name');
        return;
      }
      if (!image) return;
      if (OTHER_SHAPES.has(name)) return sink.other();
      if (name !== 'mask' && name !== 'polygon') return;
      const className = nameOf(attributes.get('label'));
      if (className === null) return bad(`a ${name} has no label`);
      const shape = name === 'mask' ? maskShape(attributes) : polygonShape(attributes);
      if (!shape) return bad(`the numbers of a ${name} cannot be read`);
      sink.mask({ image: image.name, size: image.size, className, shape, place });
    },
    close(name) {
      if (name === 'image') image = null;
    },
  });
}

function imageOf(attributes: Attributes) {
  const name = nameOf(attributes.get('name'));
  const width = Number(attributes.get('width'));
  const height = Number(attributes.get('height'));
  const size = isSide(width) && isSide(height) ? { width, height } : null;
  return name === null ? null : { name, size };
}

function maskShape(attributes: Attributes): FoundShape | null {
  const counts = numbers(attributes.get('rle'), ',');
  const side = (name: string) => Number(attributes.get(name) ?? Number.NaN);
  const [left, top, width, height] = ['left', 'top', 'width', 'height'].map(side);
  if (!counts || [left, top, width, height].some(Number.isNaN)) return null;
  return { kind: 'box-rle', counts, left, top, width, height };
}

function polygonShape(attributes: Attributes): FoundShape | null {
  const ring = numbers(attributes.get('points'), /[;,]/);
  return ring && { kind: 'polygons', rings: [ring], rule: 'pixel-centres' };
}

function numbers(text: string | undefined, between: string | RegExp): number[] | null {
  if (text === undefined || text.trim() === '') return null;
  const values = text
    .split(between)
    .map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  return values.some(Number.isNaN) ? null : values;
}
