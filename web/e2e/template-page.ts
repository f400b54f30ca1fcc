import { expect, type Page } from '@playwright/test';
import type { ImagePoint, Size } from '../core/geometry/spaces.ts';
import { fitInto, toScreen } from '../core/geometry/viewport.ts';
import { codecs } from './photo-files.ts';
import { FIRST_MASK } from './workshop-page.ts';

/** The tint and the edge of the first part's mask, as web/ui/canvas paints them. */
const EDGE = [64, 140, 255] as const;

export type TemplatePage = ReturnType<typeof templateOn>;

/** The hand on the photo and in the inspector, while a template is made. */
export function templateOn(page: Page) {
  const canvas = page.getByTestId('photo-canvas');
  const place = page.getByTitle(/^Mask \d of \d by size/);
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  /** Where a point of the photo is on the screen, while the photo is shown whole. */
  async function onScreen(point: ImagePoint, photo: Size): Promise<{ x: number; y: number }> {
    const room = await canvas.boundingBox();
    if (!room) throw new Error('The photo is not on the screen.');
    const at = toScreen(fitInto(photo, room), point);
    return { x: room.x + at.x, y: room.y + at.y };
  }

  return {
    canvas,
    inspector,

    async clickObject(point: ImagePoint, photo: Size) {
      const { x, y } = await onScreen(point, photo);
      await page.mouse.click(x, y);
    },
    async tapObject(point: ImagePoint, photo: Size) {
      const { x, y } = await onScreen(point, photo);
      await page.touchscreen.tap(x, y);
    },
    async rightClick(point: ImagePoint, photo: Size) {
      const { x, y } = await onScreen(point, photo);
      await page.mouse.click(x, y, { button: 'right' });
    },
    async shiftClick(point: ImagePoint, photo: Size) {
      await page.keyboard.down('Shift');
      await this.clickObject(point, photo);
      await page.keyboard.up('Shift');
    },
    async dragBox(from: ImagePoint, to: ImagePoint, photo: Size) {
      const a = await onScreen(from, photo);
      const b = await onScreen(to, photo);
      await page.mouse.move(a.x, a.y);
      await page.mouse.down();
      await page.mouse.move((a.x + b.x) / 2, (a.y + b.y) / 2, { steps: 4 });
      await page.mouse.move(b.x, b.y, { steps: 4 });
      await page.mouse.up();
    },

    /**
     * Waits for an answer that no finer one will replace, and says which:
     * `Mask 2 of 4 by size; 12 % of the photo`.
     */
    async seesMask(): Promise<string> {
      await expect(place).toHaveAttribute('title', /of the photo$/, { timeout: FIRST_MASK });
      return (await place.getAttribute('title')) ?? '';
    },
    async seesNoMask() {
      await expect(place).toBeHidden();
      await expect(page.getByText('Click the object, or drag a box around it.')).toBeVisible();
    },
    async seesAnotherMaskThan(before: string): Promise<string> {
      await expect(place).not.toHaveAttribute('title', before, { timeout: 60_000 });
      await expect(place).toHaveAttribute('title', /of the photo$/, { timeout: 60_000 });
      return (await place.getAttribute('title')) ?? '';
    },
    async seesMaskAgain(before: string) {
      await expect(place).toHaveAttribute('title', before, { timeout: 60_000 });
    },
    clicks: (kind: 'include' | 'exclude') =>
      page.getByRole('button', { name: new RegExp(`^Remove ${kind} click`) }),
    /** Pixels of the mask's bright edge that are really on the screen. */
    async edgePixels(): Promise<number> {
      const picture = await codecs.png.decode(new Uint8Array(await canvas.screenshot()));
      let count = 0;
      for (let i = 0; i < picture.data.length; i += 4) {
        if (EDGE.every((level, c) => Math.abs(picture.data[i + c] - level) < 24)) count++;
      }
      return count;
    },

    press: (name: string) => button(name).click(),
    async name(name: string, className: string) {
      await inspector.getByLabel('Name', { exact: true }).fill(name);
      await inspector.getByLabel('Class', { exact: true }).fill(className);
    },
    save: () => button('Save template').click(),
    async saveAs(name: string, className: string) {
      await this.name(name, className);
      await this.save();
      await expect(page.getByText(`Template “${name}” saved.`)).toBeVisible();
    },
    startAnother: () => inspector.getByRole('button', { name: 'New' }).click(),
    async placeOnOtherPhotos(choice: 'Same place' | 'Whole image' | 'Object in the centre') {
      await inspector.getByLabel('On other photos').selectOption(choice);
    },

    slider: (edit: string) => page.getByRole('slider', { name: new RegExp(`^${edit}`) }).first(),
    number: (edit: string) => page.getByLabel(`${edit}, number`),
    async setEdit(edit: string, value: string) {
      await this.number(edit).fill(value);
      await this.number(edit).press('Tab');
    },
  };
}
