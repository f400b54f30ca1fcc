import type { PlannedFile } from '../../web/core/export/planned-file.ts';
import { forEachBounded } from '../../web/core/flow/for-each-bounded.ts';
import { stopped, type Telling } from '../report/telling.ts';
import type { Store } from '../stores/store.ts';
import type { Dataset } from './collect.ts';
import { bytesOf, createContents } from './contents.ts';

/** Folders of a dataset that are ours alone; anything else beside them is left as it is. */
export const FOLDERS = ['variants', 'masks', 'annotations', 'overlays'] as const;
const LAST = new Set(['manifest.json', 'recipe.json']);
/** Links cost nothing, and a copy inside an object store is mostly waiting. */
const AT_ONCE = 32;

/**
 * Writes a dataset as files. Pictures are linked or copied inside the store where it can do that.
 * The manifest comes last: where it is, the dataset is whole. What an earlier dataset left in our
 * folders and this one does not have is removed.
 */
export async function writeToStore(
  to: Store,
  dataset: Dataset,
  { report, signal }: Telling,
): Promise<void> {
  const contentOf = createContents(dataset);
  const totalFiles = dataset.files.length;
  let files = 0;

  async function write(file: PlannedFile): Promise<void> {
    const kept = 'key' in file ? dataset.find(file.key, file.role) : null;
    if (!kept || !(await to.adopt(kept.store, kept.name, file.path))) {
      await to.put(file.path, await bytesOf(await contentOf(file)));
    }
    files += 1;
    report({ event: 'writing', files, totalFiles });
  }

  const isStopped = () => signal.aborted;
  const bounds = { items: AT_ONCE, weight: AT_ONCE, weigh: () => 1, isStopped };
  await forEachBounded(
    dataset.files.filter(({ path }) => !LAST.has(path)),
    bounds,
    write,
  );
  if (signal.aborted) throw stopped();
  await removeOthers(to, dataset.files);
  await forEachBounded(
    dataset.files.filter(({ path }) => LAST.has(path)),
    bounds,
    write,
  );
}

async function removeOthers(to: Store, files: readonly PlannedFile[]): Promise<void> {
  const wanted = new Set(files.map(({ path }) => path));
  for (const folder of FOLDERS) {
    for (const name of (await to.list(folder)).keys()) {
      if (!wanted.has(name)) await to.remove(name);
    }
  }
}
