import { basename } from 'node:path';
import type { JSHandle, Page } from '@playwright/test';
import { readBytes } from './photo-files.ts';

/** What a drag or a copy of these files would carry. */
async function carrying(page: Page, paths: readonly string[]): Promise<JSHandle<DataTransfer>> {
  const files = await Promise.all(
    paths.map(async (path) => ({
      name: basename(path),
      base64: Buffer.from(await readBytes(path)).toString('base64'),
    })),
  );
  return page.evaluateHandle((carried) => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of carried) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], name));
    }
    return transfer;
  }, files);
}

/** Drops files from outside the browser onto the page. */
export async function dropFiles(page: Page, paths: readonly string[]): Promise<void> {
  const dataTransfer = await carrying(page, paths);
  const target = page.getByRole('main');
  await target.dispatchEvent('dragover', { dataTransfer });
  await target.dispatchEvent('drop', { dataTransfer });
}

/** Pastes files that were copied in another program. */
export async function pasteFiles(page: Page, paths: readonly string[]): Promise<void> {
  const clipboardData = await carrying(page, paths);
  await page.evaluate((data) => {
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true });
    document.body.dispatchEvent(event);
  }, clipboardData);
}
