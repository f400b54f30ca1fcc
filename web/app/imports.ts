import { fromFileList } from '../files/import/from-files.ts';
import type { ImportItem } from '../files/import.ts';
import type { AppState } from '../ui/app-state.ts';
import type { Workshop } from '../workshop/workshop.ts';

const ACCEPT =
  'image/jpeg,image/png,image/webp,.jpg,.jpeg,.png,.webp,.zip,application/zip,' +
  '.json,.xml,.yaml,.yml,.txt,.maskwright';

interface SampleIndex {
  readonly photos: readonly { readonly file: string }[];
}

/** The ways to bring photos in that a button starts. */
export function createImports(
  workshop: Workshop,
): Pick<AppState, 'pickFiles' | 'pickFolder' | 'addSamples'> {
  function pick(setUp: (input: HTMLInputElement) => void): void {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    setUp(input);
    input.addEventListener('change', () => {
      const { fileBytes } = workshop.photos.limits();
      if (input.files?.length) void workshop.imports.add(fromFileList(input.files, fileBytes));
    });
    input.click();
  }

  async function* samples(): AsyncGenerator<ImportItem> {
    const base = `${import.meta.env.BASE_URL}samples/`;
    const index = (await (await fetch(`${base}index.json`)).json()) as SampleIndex;
    for (const { file } of index.photos) {
      const answer = await fetch(`${base}${file}`).catch(() => null);
      yield answer?.ok
        ? { ok: true, name: file, folder: '', blob: await answer.blob() }
        : { ok: false, name: file, folder: '', problem: { kind: 'unreadable-file' } };
    }
  }

  return {
    pickFiles: () =>
      pick((input) => {
        input.accept = ACCEPT;
      }),
    pickFolder: () =>
      pick((input) => {
        input.webkitdirectory = true;
      }),
    addSamples: () => void workshop.imports.add(samples()),
  };
}
