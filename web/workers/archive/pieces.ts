import type { PlannedFile } from '../../core/export/planned-file.ts';
import { checksumsOf } from '../../files/checksum.ts';
import type { Codecs } from '../../files/codecs/codecs.ts';
import { type ZipFile, type ZipPiece, zipPiece } from '../../files/zip-write.ts';
import { listChecksums, putChecksums } from '../../storage/checksums.ts';
import type { Database } from '../../storage/database.ts';
import type { Checksum } from '../../storage/schema.ts';
import { getOutput, getOutputs, type OutputId, outputKey } from '../../storage/variants.ts';
import { groupsOf, identityOf } from './groups.ts';
import type { KeptPieces } from './kept-pieces.ts';
import { makeFile } from './make-file.ts';
import { Stopped } from './stopped.ts';

type StoredFile = Extract<PlannedFile, OutputId>;

/** Ten thousand requests at once would take more memory than everything else here. */
const PUT_AT_ONCE = 500;

/** What pieces are made with. */
export interface PieceMaker {
  readonly database: Database;
  readonly codecs: Codecs;
  readonly kept: KeptPieces;
  /** Throws `Stopped` when nobody wants the archive any more. */
  stopIfCancelled(): void;
  /** Told how many more files are in. */
  onFiles(count: number): void;
}

/**
 * The planned files as pieces of an archive. A piece that the last archive had is taken from there;
 * checksums of results are kept in the database, so a result is read for the first archive and
 * never again.
 * @throws Stopped when a result is gone or the database does not answer
 */
export async function* piecesOf(
  files: readonly PlannedFile[],
  { database, codecs, kept, stopIfCancelled, onFiles }: PieceMaker,
): AsyncGenerator<ZipPiece> {
  const stored = await listChecksums(database);
  const known = stored.ok ? stored.value : new Map<string, Checksum>();
  const fresh = new Map<string, Checksum>();
  const used = new Map<string, ZipPiece>();

  async function* entriesOf(group: readonly PlannedFile[]): AsyncGenerator<ZipFile> {
    const own = group.filter((file) => 'key' in file);
    const outputs = await getOutputs(database, own);
    if (!outputs.ok) throw new Stopped(outputs.problem);
    const blobs = new Map<PlannedFile, Blob>();
    own.forEach((file, i) => {
      const blob = outputs.value[i];
      if (!blob) throw new Stopped({ kind: 'output-missing', path: file.path });
      blobs.set(file, blob);
    });
    await measure(own, blobs);
    for (const file of group) {
      stopIfCancelled();
      yield await entryOf(file, blobs);
      onFiles(1);
    }
  }

  /** Reads the results whose checksums nobody knows. */
  async function measure(files: readonly StoredFile[], blobs: ReadonlyMap<PlannedFile, Blob>) {
    const unknown = files.flatMap((file) => {
      const blob = blobs.get(file);
      return blob && !known.has(outputKey(file)) ? [{ key: outputKey(file), blob }] : [];
    });
    const sums = await checksumsOf(unknown.map(({ blob }) => blob));
    unknown.forEach(({ key }, i) => {
      known.set(key, sums[i]);
      fresh.set(key, sums[i]);
    });
  }

  async function entryOf(
    file: PlannedFile,
    blobs: ReadonlyMap<PlannedFile, Blob>,
  ): Promise<ZipFile> {
    const name = file.path;
    if ('text' in file) return { name, bytes: file.text };
    if ('make' in file) {
      const readImage = (key: string) => readOutput(key, name);
      return { name, bytes: await makeFile(file.make, { readImage, codecs }) };
    }
    return { name, bytes: blobs.get(file) ?? '', checksum: known.get(outputKey(file)) };
  }

  async function readOutput(key: string, path: string): Promise<Blob> {
    const output = await getOutput(database, key, 'image');
    if (!output.ok) throw new Stopped(output.problem);
    if (!output.value) throw new Stopped({ kind: 'output-missing', path });
    return output.value;
  }

  /** Without them the next archive only takes longer, so a refusal is no problem. */
  async function keepChecksums(): Promise<void> {
    if (fresh.size === 0) return;
    await putChecksums(database, fresh);
    fresh.clear();
  }

  try {
    for (const group of groupsOf(files)) {
      stopIfCancelled();
      const before = await identityOf(group, known);
      const same = before === null ? undefined : kept.get(before);
      const piece = same ?? (await zipPiece(entriesOf(group)));
      const identity = before ?? (await identityOf(group, known));
      if (identity !== null) used.set(identity, piece);
      if (same) onFiles(group.length);
      yield piece;
      if (fresh.size >= PUT_AT_ONCE) await keepChecksums();
    }
  } finally {
    kept.replace(used);
    // Not waited for: the next archive asks for them after they were put.
    void keepChecksums();
  }
}
