import type { MadeFile, PlannedFile } from '../../core/export/planned-file.ts';
import { crc32 } from '../../files/crc32.ts';
import { sha256Hex } from '../../files/hash.ts';
import type { Checksum } from '../../storage/schema.ts';
import { outputKey } from '../../storage/variants.ts';

/** One path in 32 ends a group. */
const END_BITS = 5;
/** Names that are counted up have checksums much alike; multiplied, their upper bits are not. */
const SPREAD = 0x9e3779b1;
const LONGEST = 128;

const encoder = new TextEncoder();

/**
 * The planned files in runs that become pieces of the archive. Where a run ends is decided by the
 * paths in it, not by counting: a file more or less changes one run and leaves the others as they
 * were ("content-defined chunking"). Files that cannot be told from others without making them have
 * runs of their own.
 */
export function* groupsOf(files: readonly PlannedFile[]): Generator<readonly PlannedFile[]> {
  let group: PlannedFile[] = [];
  for (const file of files) {
    if (group.length > 0 && isRepeatable(file) !== isRepeatable(group[0])) {
      yield group;
      group = [];
    }
    group.push(file);
    const isEnd = Math.imul(crc32(encoder.encode(file.path)), SPREAD) >>> (32 - END_BITS) === 0;
    if (!isEnd && group.length < LONGEST) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/**
 * The same for two runs only if their bytes in an archive are the same; null when that is not known
 * before they are made.
 *
 * @param known checksums of results by `outputKey`; one that was made anew has none
 */
export async function identityOf(
  group: readonly PlannedFile[],
  known: ReadonlyMap<string, Checksum>,
): Promise<string | null> {
  const parts: unknown[] = [];
  for (const file of group) {
    if (!isRepeatable(file)) return null;
    const source = sourceOf(file);
    const sum = source === null ? null : known.get(source);
    if (sum === undefined) return null;
    parts.push([file.path, source, sum, 'make' in file ? file.make : null]);
  }
  const text = JSON.stringify(parts);
  // Masks of made files would be kept ten times over; of stored ones there is no more than names.
  return group.some((file) => 'make' in file) ? sha256Hex(encoder.encode(text)) : text;
}

/** The result whose bytes the file is, or shows. */
function sourceOf(file: PlannedFile): string | null {
  if ('key' in file) return outputKey(file);
  if ('make' in file && file.make.kind === 'overlay') {
    return outputKey({ key: file.make.image.key, role: 'image' });
  }
  return null;
}

const OF_ONE_IMAGE: ReadonlySet<MadeFile['kind']> = new Set([
  'yolo-label',
  'voc-mask',
  'voc-xml',
  'overlay',
]);

function isRepeatable(file: PlannedFile): boolean {
  return 'key' in file || ('make' in file && OF_ONE_IMAGE.has(file.make.kind));
}
