import { createRaster } from '../../web/core/raster/raster.ts';
import type { Bytes } from '../../web/files/bytes.ts';
import { createNodeCodecs } from '../../web/files/node.ts';

const codecs = createNodeCodecs();

/** A small PNG; another `number` gives another picture. Not square, sizes differ. */
export function pictureFile(number: number): Promise<Bytes> {
  const picture = createRaster(9 + (number % 3), 7);
  for (let i = 0; i < picture.data.length; i++) {
    picture.data[i] = i % 4 === 3 ? 255 : (i * 31 + number * 17) % 256;
  }
  return codecs.png.encode(picture);
}

const NOBODY = '0'.repeat(64);

/** Recipes that need no model: the whole photo, twice. */
export const WHOLE_RECIPE = {
  maskwright: 1,
  model: 'mobilesam',
  templates: [
    {
      name: 'warm',
      class: 'scene',
      placement: 'whole-image',
      reference: { file: 'a.png', sha256: NOBODY },
      components: [{ name: 'all', prompts: {}, edits: { hue: 20, noise: 0.05 } }],
    },
    {
      name: 'dark',
      class: 'night',
      placement: 'whole-image',
      count: 2,
      reference: { file: 'a.png', sha256: NOBODY },
      components: [{ name: 'all', prompts: {}, edits: { brightness: { from: -0.4, to: -0.1 } } }],
    },
  ],
  output: { annotations: ['coco', 'yolo', 'voc'] },
};
