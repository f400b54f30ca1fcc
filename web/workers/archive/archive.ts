import type { PlannedFile } from '../../core/export/planned-file.ts';
import { fail, ok, type Result } from '../../core/flow/result.ts';
import { summaryOf } from '../../core/project/manifest.ts';
import type { Codecs } from '../../files/codecs/codecs.ts';
import { type ZipFile, zipBlob, zipStream } from '../../files/zip-write.ts';
import { listChecksums, putChecksums } from '../../storage/checksums.ts';
import type { Database } from '../../storage/database.ts';
import { storageProblemOf } from '../../storage/problem.ts';
import type { Checksum } from '../../storage/schema.ts';
import { getOutput } from '../../storage/variants.ts';
import { writeChosenFile } from './chosen-file.ts';
import type { ArchiveApi, ArchiveProblem } from './contract.ts';
import { makeFile } from './make-file.ts';
import { importProject } from './project-import.ts';
import { openProject } from './project-open.ts';
import { projectEntries } from './project-write.ts';
import { Stopped } from './stopped.ts';

/** Writes archives from what the database holds, and reads project files into it. */
export function createArchiver(database: Database, codecs: Codecs): ArchiveApi {
  let isCancelled = false;

  function stopIfCancelled(): void {
    if (isCancelled) throw new Stopped({ kind: 'cancelled' });
  }

  async function readOutput(key: string, role: 'image' | 'mask', path: string): Promise<Blob> {
    const output = await getOutput(database, key, role);
    if (!output.ok) throw new Stopped(output.problem);
    if (!output.value) throw new Stopped({ kind: 'output-missing', path });
    return output.value;
  }

  /** Checksums of outputs are kept: an output is read for the first archive and never again. */
  async function entryOf(
    file: PlannedFile,
    known: Map<string, Checksum>,
    fresh: Map<string, Checksum>,
  ): Promise<ZipFile> {
    const name = file.path;
    if ('text' in file) return { name, bytes: file.text };
    if ('key' in file) {
      const bytes = await readOutput(file.key, file.role, name);
      const id = `${file.key}/${file.role}`;
      const onChecksum = (sum: Checksum) => {
        known.set(id, sum);
        fresh.set(id, sum);
      };
      return { name, bytes, checksum: known.get(id), onChecksum };
    }
    const readImage = (key: string) => readOutput(key, 'image', name);
    return { name, bytes: await makeFile(file.make, { readImage, codecs }) };
  }

  async function* entriesOf(files: readonly PlannedFile[], onFile: () => void) {
    const kept = await listChecksums(database);
    const known = kept.ok ? kept.value : new Map<string, Checksum>();
    const fresh = new Map<string, Checksum>();
    try {
      for (const file of files) {
        stopIfCancelled();
        yield await entryOf(file, known, fresh);
        onFile();
      }
    } finally {
      // Without them the next archive only takes longer, so a refusal is no problem.
      if (fresh.size > 0) await putChecksums(database, fresh);
    }
  }

  async function write(
    entries: AsyncIterable<ZipFile>,
    onBytes: (bytes: number) => void,
    target?: FileSystemFileHandle,
  ): Promise<Result<Blob, ArchiveProblem>> {
    try {
      return ok(
        target
          ? await writeChosenFile(target, zipStream(entries), onBytes)
          : await zipBlob(entries, onBytes),
      );
    } catch (error) {
      return fail(error instanceof Stopped ? error.problem : storageProblemOf(error));
    }
  }

  return {
    async build(files, onProgress, target) {
      isCancelled = false;
      let done = 0;
      let bytes = 0;
      const onFile = () => {
        done += 1;
        onProgress({ files: done, totalFiles: files.length, bytes });
      };
      const onBytes = (more: number) => {
        bytes += more;
      };
      return write(entriesOf(files, onFile), onBytes, target);
    },

    async buildProject(facts, onProgress) {
      isCancelled = false;
      let bytes = 0;
      const onFile = (files: number, totalFiles: number) => {
        stopIfCancelled();
        onProgress({ files, totalFiles, bytes });
      };
      return write(projectEntries(database, facts, onFile), (more) => {
        bytes += more;
      });
    },

    async inspectProject(file) {
      const opened = await openProject(file);
      return opened.ok ? ok(summaryOf(opened.value.manifest)) : opened;
    },

    async importProject(file, mode, onProgress) {
      isCancelled = false;
      return importProject(database, file, mode, (progress) => {
        onProgress(progress);
        return isCancelled;
      });
    },

    async cancel() {
      isCancelled = true;
    },
  };
}
