import type { PlannedFile, StoredFile } from '../../core/export/planned-file.ts';
import { checksumsOf } from '../../files/checksum.ts';
import type { Codecs } from '../../files/codecs/codecs.ts';
import { type ZipFile, type ZipPiece, zipPiece } from '../../files/zip-write.ts';
import { getMeasuredOutputs, putChecksums } from '../../storage/checksums.ts';
import type { Database } from '../../storage/database.ts';
import type { StoredChecksum } from '../../storage/schema.ts';
import { getOutput, outputKey } from '../../storage/variants.ts';
import { bundlesOf, type FileGroup, identityOf } from './groups.ts';
import type { KeptPieces } from './kept-pieces.ts';
import { makeFile } from './make-file.ts';
import { Stopped } from './stopped.ts';

/** Ten thousand requests at once would take more memory than everything else here. */
const PUT_AT_ONCE = 500;

/** Results that are read together: a transaction for each would take longer than its bytes. */
const READ_AT_ONCE = 32;

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
  const fresh = new Map<string, StoredChecksum>();
  const used = new Map<string, ZipPiece>();

  async function pieceOf(bundle: readonly FileGroup[]): Promise<ZipPiece> {
    const groups = await Promise.all(
      bundle.map(async (files) => {
        const identity = await identityOf(files);
        return { files, identity, same: identity === null ? undefined : kept.get(identity) };
      }),
    );
    const changed = groups.flatMap(({ files, same }) => (same ? [] : files));
    const stored = await readStored(changed.filter((file) => 'sha256' in file));
    const pieces: ZipPiece[] = [];
    for (const { files, identity, same } of groups) {
      if (same) onFiles(files.length);
      const piece = same ?? (await zipPiece(entriesOf(files, stored)));
      if (identity !== null) used.set(identity, piece);
      pieces.push(piece);
    }
    return kept.join(pieces);
  }

  async function* entriesOf(
    group: FileGroup,
    stored: ReadonlyMap<PlannedFile, ZipFile>,
  ): AsyncGenerator<ZipFile> {
    for (const file of group) {
      if ('sha256' in file) {
        yield stored.get(file) as ZipFile;
      } else {
        stopIfCancelled();
        yield await makeEntry(file);
        onFiles(1);
      }
    }
  }

  async function readStored(files: readonly StoredFile[]): Promise<Map<PlannedFile, ZipFile>> {
    const entries = new Map<PlannedFile, ZipFile>();
    for (let from = 0; from < files.length; from += READ_AT_ONCE) {
      stopIfCancelled();
      const some = files.slice(from, from + READ_AT_ONCE);
      for (const [i, entry] of (await readSome(some)).entries()) entries.set(some[i], entry);
      onFiles(some.length);
    }
    return entries;
  }

  async function readSome(files: readonly StoredFile[]): Promise<ZipFile[]> {
    const outputs = await getMeasuredOutputs(database, files);
    if (!outputs.ok) throw new Stopped(outputs.problem);
    const found = files.map((file, i) => {
      const output = outputs.value[i];
      if (!output) throw new Stopped({ kind: 'output-missing', path: file.path });
      return { file, ...output };
    });
    const unknown = found.filter(({ file, checksum }) => checksum?.sha256 !== file.sha256);
    const sums = await checksumsOf(unknown.map(({ blob }) => blob));
    unknown.forEach((entry, i) => {
      entry.checksum = { ...sums[i], sha256: entry.file.sha256 };
      fresh.set(outputKey(entry.file), entry.checksum);
    });
    return found.map(({ file, blob, checksum }) => ({ name: file.path, bytes: blob, checksum }));
  }

  async function makeEntry(file: Exclude<PlannedFile, StoredFile>): Promise<ZipFile> {
    const name = file.path;
    if ('text' in file) return { name, bytes: file.text };
    const readImage = (key: string) => readOutput(key, name);
    return { name, bytes: await makeFile(file.make, { readImage, codecs }) };
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
    for (const bundle of bundlesOf(files)) {
      stopIfCancelled();
      yield await pieceOf(bundle);
      if (fresh.size >= PUT_AT_ONCE) await keepChecksums();
    }
  } finally {
    kept.replace(used);
    // Not waited for: the next archive asks for them after they were put.
    void keepChecksums();
  }
}
