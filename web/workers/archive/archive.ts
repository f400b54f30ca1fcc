import { fail, ok, type Result } from '../../core/flow/result.ts';
import { summaryOf } from '../../core/project/manifest.ts';
import type { Bytes } from '../../files/bytes.ts';
import type { Codecs } from '../../files/codecs/codecs.ts';
import { type ZipPiece, zipOfPieces } from '../../files/zip-write.ts';
import type { Database } from '../../storage/database.ts';
import { storageProblemOf } from '../../storage/problem.ts';
import { writeChosenFile } from './chosen-file.ts';
import type { ArchiveApi, ArchiveProblem } from './contract.ts';
import { createKeptPieces } from './kept-pieces.ts';
import { paced } from './paced.ts';
import { piecesOf } from './pieces.ts';
import { importProject } from './project-import.ts';
import { openProject } from './project-open.ts';
import { projectPieces } from './project-write.ts';
import { Stopped } from './stopped.ts';

/** Writes archives from what the database holds, and reads project files into it. */
export function createArchiver(database: Database, codecs: Codecs): ArchiveApi {
  const kept = createKeptPieces();
  let isCancelled = false;

  function stopIfCancelled(): void {
    if (isCancelled) throw new Stopped({ kind: 'cancelled' });
  }

  async function write(
    pieces: AsyncIterable<ZipPiece>,
    onBytes: (bytes: number) => void,
    target?: FileSystemFileHandle,
  ): Promise<Result<Blob, ArchiveProblem>> {
    async function* counted(): AsyncGenerator<Blob | Bytes> {
      for await (const piece of zipOfPieces(pieces)) {
        onBytes(piece instanceof Blob ? piece.size : piece.length);
        yield piece;
      }
    }
    try {
      return ok(target ? await writeChosenFile(target, counted()) : await gathered(counted()));
    } catch (error) {
      return fail(error instanceof Stopped ? error.problem : storageProblemOf(error));
    }
  }

  return {
    async build(files, onProgress, target) {
      isCancelled = false;
      const report = paced(onProgress);
      let done = 0;
      let bytes = 0;
      const onFiles = (count: number) => {
        done += count;
        report({ files: done, totalFiles: files.length, bytes });
      };
      const pieces = piecesOf(files, { database, codecs, kept, stopIfCancelled, onFiles });
      return write(
        pieces,
        (more) => {
          bytes += more;
        },
        target,
      );
    },

    async buildProject(facts, onProgress) {
      isCancelled = false;
      const report = paced(onProgress);
      let bytes = 0;
      const onFile = (files: number, totalFiles: number) => {
        stopIfCancelled();
        report({ files, totalFiles, bytes });
      };
      return write(projectPieces(database, facts, onFile), (more) => {
        bytes += more;
      });
    },

    async inspectProject(file) {
      const opened = await openProject(file);
      return opened.ok ? ok(summaryOf(opened.value.manifest)) : opened;
    },

    async importProject(file, mode, onProgress) {
      isCancelled = false;
      const report = paced(onProgress);
      return importProject(database, file, mode, (progress) => {
        report(progress);
        return isCancelled;
      });
    },

    async cancel() {
      isCancelled = true;
    },
  };
}

/** One blob that refers to all of them: memory does not grow with the archive. */
async function gathered(pieces: AsyncIterable<Blob | Bytes>): Promise<Blob> {
  const parts: (Blob | Bytes)[] = [];
  for await (const piece of pieces) parts.push(piece);
  return new Blob(parts, { type: 'application/zip' });
}
