import { maskBounds, type PixelRect } from '../../mask/bounds.ts';
import type { Mask } from '../../mask/mask.ts';
import type { PlannedFile } from '../planned-file.ts';
import { type AnnotatedImage, maskOf } from './annotated-image.ts';
import type { AnnotatedSet } from './annotated-set.ts';
import { xmlText } from './xml-text.ts';

/** `annotations/cvat/annotations.xml`: CVAT finds the pictures by the end of their paths. */
export function planCvat(
  images: readonly AnnotatedImage[],
  classes: readonly string[],
): PlannedFile[] {
  return [
    {
      path: 'annotations/cvat/annotations.xml',
      make: { kind: 'cvat', cvat: { images, classes } },
    },
  ];
}

/**
 * "CVAT for images 1.1", piece by piece. Masks are `<mask>` elements, which hold every mask
 * exactly; their run lengths go row by row through the mask's own box, outside first.
 *
 * Format: https://docs.cvat.ai/docs/dataset_management/formats/xml_format/ and
 * `cvat/apps/dataset_manager/formats/cvat.py` of cvat-ai/cvat.
 */
export function* cvatXml({ images, classes }: AnnotatedSet): Generator<string> {
  const labels = classes.map(
    (name) =>
      `        <label>\n          <name>${xmlText(name)}</name>\n          <type>mask</type>\n` +
      '          <attributes></attributes>\n        </label>\n',
  );
  yield `<?xml version="1.0" encoding="utf-8"?>
<annotations>
  <version>1.1</version>
  <meta>
    <task>
      <name>Maskwright dataset</name>
      <size>${images.length}</size>
      <mode>annotation</mode>
      <labels>
${labels.join('')}      </labels>
    </task>
  </meta>
`;
  for (const [index, image] of images.entries()) yield imageXml(image, index);
  yield '</annotations>\n';
}

function imageXml(image: AnnotatedImage, index: number): string {
  const { file, split, width, height } = image;
  const mask = maskOf(image);
  const box = maskBounds(mask);
  return `  <image id="${index}" name="${xmlText(file)}" subset="${split}" width="${width}" height="${height}">
${box ? maskXml(mask, box, image.className) : ''}  </image>
`;
}

function maskXml(mask: Mask, box: PixelRect, className: string): string {
  const rle = rowRuns(mask, box).join(', ');
  const place =
    `left="${box.x0}" top="${box.y0}" ` + `width="${box.x1 - box.x0}" height="${box.y1 - box.y0}"`;
  return `    <mask label="${xmlText(className)}" source="manual" occluded="0" rle="${rle}" ${place} z_order="0">
    </mask>
`;
}

/** Lengths of runs outside, inside, outside … in the rows of `box`; the first may be 0. */
function rowRuns({ width, data }: Mask, { x0, y0, x1, y1 }: PixelRect): number[] {
  const runs: number[] = [];
  let current = 0;
  let run = 0;
  for (let y = y0; y < y1; y += 1) {
    for (let x = x0; x < x1; x += 1) {
      const value = data[y * width + x];
      if (value !== current) {
        runs.push(run);
        run = 0;
        current = value;
      }
      run += 1;
    }
  }
  runs.push(run);
  return runs;
}
