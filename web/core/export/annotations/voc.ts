import { rleBounds } from '../../mask/rle-measures.ts';
import type { PlannedFile } from '../planned-file.ts';
import { type AnnotatedImage, runsOf } from './annotated-image.ts';
import { SPLITS } from './splits.ts';
import { xmlText } from './xml-text.ts';

const ROOT = 'annotations/voc';

/** 0 is the background and 255 means "do not count", in masks of 8 bits. */
export const MAX_VOC_CLASSES = 254;

/**
 * A Pascal VOC dataset: pictures, class masks, boxes, and lists of names. Masks are indexed PNGs
 * in the VOC palette, 0 outside and class index + 1 inside; `labelmap.txt` names the colours as
 * CVAT and Datumaro do. Pictures are in the archive a second time, since readers look for them in
 * `JPEGImages` (whatever their format is).
 *
 * Format: Everingham, Winn, "The PASCAL Visual Object Classes Challenge 2012 Development Kit".
 * @throws RangeError when there are more than 254 classes
 */
export function planVoc(
  images: readonly AnnotatedImage[],
  classes: readonly string[],
): PlannedFile[] {
  if (classes.length > MAX_VOC_CLASSES) {
    throw new RangeError(`VOC holds ${MAX_VOC_CLASSES} classes, got ${classes.length}.`);
  }
  const lists = ['Segmentation', 'Main'].flatMap((task) =>
    SPLITS.map((split) => ({
      path: `${ROOT}/ImageSets/${task}/${split}.txt`,
      text: images
        .filter((image) => image.split === split)
        .map(({ name }) => `${name}\n`)
        .join(''),
    })),
  );
  const files = images.flatMap((image): PlannedFile[] => [
    {
      path: `${ROOT}/JPEGImages/${image.name}.${image.format}`,
      key: image.key,
      role: 'image',
      sha256: image.sha256,
    },
    {
      path: `${ROOT}/SegmentationClass/${image.name}.png`,
      make: { kind: 'voc-mask', image },
    },
    { path: `${ROOT}/Annotations/${image.name}.xml`, make: { kind: 'voc-xml', image } },
  ]);
  return [{ path: `${ROOT}/labelmap.txt`, text: labelMap(classes) }, ...lists, ...files];
}

/** `name:r,g,b::` a line. Names lose what the line cannot hold; the XML files have them whole. */
function labelMap(classes: readonly string[]): string {
  const palette = vocPalette();
  const rows = ['background', ...classes].map((name, index) => {
    const colour = palette.subarray(index * 3, index * 3 + 3).join(',');
    return `${name.replace(/[:\s\p{Control}]+/gu, ' ').trim()}:${colour}::\n`;
  });
  return `# label:color_rgb:parts:actions\n${rows.join('')}`;
}

/**
 * 256 RGB colours: the bits of an index, three at a time, become the bits of red, green and blue
 * from the highest down. Source: `VOClabelcolormap` of the development kit.
 */
export function vocPalette(): Uint8Array<ArrayBuffer> {
  const palette = new Uint8Array(256 * 3);
  for (let index = 0; index < 256; index += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      const channel = bit % 3;
      const level = 7 - Math.floor(bit / 3);
      palette[index * 3 + channel] |= ((index >> bit) & 1) << level;
    }
  }
  return palette;
}

/** The box of a picture's object; pixels count from 1 and both ends belong to it. */
export function vocXml(image: AnnotatedImage): string {
  const box = rleBounds(runsOf(image), image.height);
  const object = box
    ? `  <object>
    <name>${xmlText(image.className)}</name>
    <pose>Unspecified</pose>
    <truncated>0</truncated>
    <difficult>0</difficult>
    <bndbox>
      <xmin>${box.x0 + 1}</xmin>
      <ymin>${box.y0 + 1}</ymin>
      <xmax>${box.x1}</xmax>
      <ymax>${box.y1}</ymax>
    </bndbox>
  </object>
`
    : '';
  return `<annotation>
  <folder>JPEGImages</folder>
  <filename>${xmlText(`${image.name}.${image.format}`)}</filename>
  <source><database>Maskwright</database></source>
  <size><width>${image.width}</width><height>${image.height}</height><depth>3</depth></size>
  <segmented>1</segmented>
${object}</annotation>
`;
}
