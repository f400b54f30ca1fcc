import type { Page } from '@playwright/test';
import type { Size } from '../core/geometry/spaces.ts';
import { gradient } from '../files/testing/pictures.ts';
import { codecs, writeInto } from './photo-files.ts';
import { templateOn } from './template-page.ts';
import { workshopOn } from './workshop-page.ts';

/** Photos that differ by a column each, and a template that needs no engine. */
export async function addRunProject(
  page: Page,
  folder: string,
  count: number,
  { width, height }: Size,
): Promise<void> {
  const workshop = workshopOn(page);
  const template = templateOn(page);
  await workshop.open();
  const files = Array.from({ length: count }, async (_, i) =>
    writeInto(folder, `photo-${i}.png`, await codecs.png.encode(gradient(width + i, height))),
  );
  await workshop.addFiles(await Promise.all(files));
  await workshop.seesPhotos(count);
  await workshop.goTo('Templates');
  await template.placeOnOtherPhotos('Whole image');
  await template.saveAs('brighter', 'photo');
  await template.setEdit('Brightness', '0.2');
  await template.setEdit('Noise', '0.1');
  await workshop.goTo('Variants');
}
