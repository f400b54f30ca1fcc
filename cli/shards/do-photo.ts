import { createHash } from 'node:crypto';
import type { ForeignKind } from '../../web/core/dataset/image-problem.ts';
import { describeImageProblem } from '../../web/core/dataset/problem-text.ts';
import type { Variant } from '../../web/core/dataset/variant.ts';
import { describeVariantProblem } from '../../web/core/dataset/variant-text.ts';
import type { Bytes } from '../../web/files/bytes.ts';
import type { PlacedEntry } from '../inputs/open-inputs.ts';
import { describeReadProblem } from '../inputs/read-problem.ts';
import type { MadeVariant, PhotoAnswer } from '../photos/contract.ts';
import { tasksOf } from '../photos/make-photo.ts';
import type { Store } from '../stores/store.ts';
import type { Earlier } from './earlier.ts';
import { type FileRow, objectName, type PhotoRecord, photoOf, recordName } from './records.ts';
import type { ShardWork } from './work.ts';

export interface DonePhoto {
  readonly row: FileRow;
  readonly counts: { readonly made: number; readonly kept: number; readonly failed: number };
}

/** What lies beside photos in a folder and is meant by nobody: left out, and no failure. */
const NO_PICTURES: ReadonlySet<ForeignKind> = new Set([
  'text',
  'html',
  'pdf',
  'gzip',
  'video',
  'unknown',
]);

const NOTHING_MADE = { made: 0, kept: 0, failed: 0 };

/**
 * Does one file: reads it, has its variants made, and keeps them.
 * @param records of this run, by photo: a photo that is there under two names is made once
 */
export async function doPhoto(
  entry: PlacedEntry,
  earlier: Earlier,
  records: Map<string, Promise<PhotoRecord | null>>,
  work: ShardWork,
): Promise<DonePhoto> {
  const { position, path, contentKey } = entry;
  const row = { position, path, contentKey, sha256: null, refused: null };
  const refuse = (sha256: string | null, refused: NonNullable<FileRow['refused']>): DonePhoto => {
    work.report({ event: 'trouble', file: path, ...refused });
    return { row: { ...row, sha256, refused }, counts: NOTHING_MADE };
  };

  // With luck nothing has to be read: the hash is known, and every variant is there.
  const known = earlier.hashOf(path, contentKey);
  const before = known === null ? null : await usable(known, row, earlier, work);
  if (known !== null && before?.isWhole) {
    records.set(known, Promise.resolve(before.record));
    return { row: { ...row, sha256: known, refused: null }, counts: countsOf(before.record, 0) };
  }

  const read = await entry.read();
  if (!read.ok) return refuse(null, describeReadProblem(read.problem, path));
  const sha256 = createHash('sha256').update(read.value).digest('hex');
  if (entry.sha256 !== null && entry.sha256 !== sha256) {
    return refuse(sha256, {
      message: `“${path}” has the SHA-256 ${sha256}, its list says ${entry.sha256}.`,
      next: 'Fetch the file again, or write the list anew with sha256sum.',
    });
  }

  const twin = records.get(sha256);
  if (twin) {
    if (await twin) return { row: { ...row, sha256, refused: null }, counts: NOTHING_MADE };
    return refuse(sha256, {
      message: `“${path}” is the same file as one that was refused.`,
      next: 'See what is said of that one.',
    });
  }
  let settle: (record: PhotoRecord | null) => void = () => {};
  records.set(
    sha256,
    new Promise((resolve) => {
      settle = resolve;
    }),
  );
  let done: Made | null = null;
  try {
    done = await make(sha256, read.value, { ...row, sha256, refused: null }, earlier, work);
  } finally {
    // Also after an error: whoever waits for this photo under another name must not wait for ever.
    settle(done?.record ?? null);
  }
  if (done.answer.kind === 'refused') {
    const { problem } = done.answer;
    const words = describeImageProblem(problem, path);
    if (problem.kind !== 'not-an-image' || !NO_PICTURES.has(problem.found)) {
      return refuse(sha256, words);
    }
    work.report({ event: 'note', message: `${words.message} It is left out.` });
    return { row: { ...row, sha256 }, counts: NOTHING_MADE };
  }
  if (done.answer.kind === 'crashed') {
    return refuse(sha256, {
      message: `A worker died of “${path}” (${done.answer.what}), usually for want of memory.`,
      next: 'Run again with --resume and fewer --threads, or scale the photo down.',
    });
  }
  for (const { variant } of done.answer.made) {
    if (variant.status === 'done') continue;
    const trouble = describeVariantProblem(variant.problem, `“${path}”`);
    work.report({ event: 'trouble', file: path, ...trouble });
  }
  return {
    row: { ...row, sha256, refused: null },
    counts: countsOf(done.record, done.answer.made.length),
  };
}

interface Made {
  readonly answer: PhotoAnswer;
  readonly record: PhotoRecord | null;
}

async function make(
  sha256: string,
  bytes: Bytes,
  row: FileRow,
  earlier: Earlier,
  work: ShardWork,
): Promise<Made> {
  const before = await usable(sha256, row, earlier, work);
  if (before?.isWhole) {
    const answer = { kind: 'made', facts: before.record.facts, made: [] } as const;
    return { answer, record: before.record };
  }
  const kept = before?.record.variants ?? [];
  const answer = await work.maker.make({ sha256, bytes, have: kept.map(({ key }) => key) });
  if (answer.kind !== 'made') return { answer, record: null };
  await putObjects(work.store, answer.made);
  const record = {
    facts: answer.facts,
    variants: [...kept, ...answer.made.map(({ variant }) => variant)],
  };
  await work.store.put(recordName(sha256), JSON.stringify(record));
  return { answer, record };
}

/** What there is of a photo that this recipe still wants; failed variants are tried again. */
async function usable(sha256: string, row: FileRow, earlier: Earlier, work: ShardWork) {
  const record = await earlier.recordOf(sha256);
  if (!record) return null;
  const wanted = await tasksOf(photoOf(record, row), work.plan);
  const byKey = new Map(record.variants.map((variant) => [variant.key, variant]));
  const variants: Variant[] = [];
  for (const { key } of wanted) {
    const variant = byKey.get(key);
    if (variant?.status === 'done' && earlier.hasFilesOf(variant)) variants.push(variant);
  }
  return {
    record: { facts: record.facts, variants },
    isWhole: variants.length === wanted.length,
  };
}

/** Objects first: a record never speaks of what is not there. */
async function putObjects(store: Store, made: readonly MadeVariant[]): Promise<void> {
  const names = new Set<string>();
  const writes: Promise<void>[] = [];
  const put = (name: string, bytes: Bytes) => {
    if (names.has(name)) return;
    names.add(name);
    writes.push(store.put(name, bytes));
  };
  for (const { variant, image, mask } of made) {
    if (variant.status !== 'done' || !image || !mask) continue;
    put(objectName(variant.imageSha256, variant.format), image);
    put(objectName(variant.maskSha256, 'png'), mask);
  }
  await Promise.all(writes);
}

function countsOf(record: PhotoRecord | null, made: number): DonePhoto['counts'] {
  const variants = record?.variants ?? [];
  const failed = variants.filter(({ status }) => status === 'failed').length;
  return { made: made - failed, kept: variants.length - made, failed };
}
