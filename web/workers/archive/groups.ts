import type { MadeFile, PlannedFile } from '../../core/export/planned-file.ts';
import { sha256Hex } from '../../files/hash.ts';

/** One path in four ends a group, at the latest the twelfth. */
const GROUP = { bits: 2, longest: 12 };
/** One group in eight ends a bundle, at the latest the forty-eighth. */
const BUNDLE = { bits: 5, longest: 48 };
/** Names that are counted up have hashes much alike; multiplied, their upper bits are not. */
const SPREAD = 0x9e3779b1;

const encoder = new TextEncoder();

/** Planned files that lie next to each other in the archive. */
export type FileGroup = readonly PlannedFile[];

/**
 * The planned files in groups, and those in bundles. Where one ends is decided by the paths in it,
 * not by counting: a file more or less changes one group and leaves the others as they were
 * ("content-defined chunking"). Files that cannot be told from others without making them have
 * groups and bundles of their own.
 *
 * Two levels, since what a blob costs is how many others it refers to: after one change a group, its
 * bundle and the archive are put together anew, a dozen or two each.
 */
export function bundlesOf(files: readonly PlannedFile[]): (readonly FileGroup[])[] {
  const isEnd = (path: string, bits: number) => Math.clz32(hashOf(path)) >= bits;
  const groups = runsOf(
    files,
    GROUP.longest,
    (file, next) => isEnd(file.path, GROUP.bits) || isRepeatable(file) !== isRepeatable(next),
  );
  return runsOf(
    groups,
    BUNDLE.longest,
    (group, [next]) =>
      isEnd(group[group.length - 1].path, BUNDLE.bits) ||
      isRepeatable(group[0]) !== isRepeatable(next),
  );
}

/**
 * FNV-1a of the path's code units, spread. The CRC-32 of its bytes would do as well, but every path
 * would have to be encoded first: a tenth of the time of a small archive in which little changed.
 */
function hashOf(path: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < path.length; i += 1) {
    hash = Math.imul(hash ^ path.charCodeAt(i), 0x01000193);
  }
  return Math.imul(hash ^ (hash >>> 15), SPREAD);
}

/** The items in runs of at most `longest`, which end where they should. */
function runsOf<Item>(
  items: readonly Item[],
  longest: number,
  isEnd: (item: Item, next: Item) => boolean,
): (readonly Item[])[] {
  const runs: Item[][] = [];
  let run: Item[] = [];
  items.forEach((item, i) => {
    run.push(item);
    const isLast = i === items.length - 1;
    if (!isLast && run.length < longest && !isEnd(item, items[i + 1])) return;
    runs.push(run);
    run = [];
  });
  return runs;
}

/**
 * The same for two groups only if their bytes in an archive are the same; null when that is not known
 * before they are made.
 */
export async function identityOf(group: FileGroup): Promise<string | null> {
  if (!group.every(isRepeatable)) return null;
  const text = group.map(contentOf).join('\0');
  // Masks of made files would be kept ten times over; of stored ones there is no more than names.
  return group.some((file) => 'make' in file) ? sha256Hex(encoder.encode(text)) : text;
}

function contentOf(file: PlannedFile): string {
  return 'sha256' in file ? `${file.path}\0${file.sha256}` : JSON.stringify(file);
}

const OF_ONE_IMAGE: ReadonlySet<MadeFile['kind']> = new Set([
  'yolo-label',
  'voc-mask',
  'voc-xml',
  'overlay',
]);

function isRepeatable(file: PlannedFile): boolean {
  return 'sha256' in file || ('make' in file && OF_ONE_IMAGE.has(file.make.kind));
}
