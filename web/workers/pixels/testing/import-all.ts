import type { ImageProblem } from '../../../core/dataset/image-problem.ts';
import { DEFAULT_LIMITS, type ImportLimits } from '../../../core/dataset/limits.ts';
import type { Codecs } from '../../../files/codecs/codecs.ts';
import { fromFileList } from '../../../files/import/from-files.ts';
import type { Inspected, PixelsProblem } from '../contract.ts';
import { createPixels } from '../pixels.ts';
import type { Screen } from '../screen.ts';

/** What became of one file of a batch. */
export type Outcome =
  | { readonly name: string; readonly found: Inspected }
  | { readonly name: string; readonly problem: ImageProblem | PixelsProblem };

/** Nothing is shown here. */
const screen: Screen = {
  toBitmap: () => Promise.reject(new Error('Nothing is drawn.')),
  letMessagesIn: () => new Promise((resolve) => setTimeout(resolve)),
};

/** Takes a batch of files in as the app does: source, worker, one after the other. */
export async function importAll(
  files: readonly File[],
  codecs: Codecs,
  limits: ImportLimits = DEFAULT_LIMITS,
): Promise<Outcome[]> {
  const pixels = createPixels(codecs, screen);
  const outcomes: Outcome[] = [];
  for await (const item of fromFileList(files, limits.fileBytes)) {
    const { name } = item;
    if (!item.ok) {
      outcomes.push({ name, problem: item.problem });
      continue;
    }
    const inspected = await pixels.inspect(name, item.blob, limits);
    outcomes.push(
      inspected.ok ? { name, found: inspected.value } : { name, problem: inspected.problem },
    );
  }
  return outcomes;
}

/** `decoded`, or the kind of the problem. */
export function verdict(outcome: Outcome | undefined): string {
  if (!outcome) return 'nothing';
  return 'found' in outcome ? 'decoded' : outcome.problem.kind;
}
