import type { PlannedFile } from '../../core/export/planned-file.ts';
import { fail, ok } from '../../core/flow/result.ts';
import { zipStream } from '../../files/zip-write.ts';
import type { Database } from '../../storage/database.ts';
import { storageProblemOf } from '../../storage/problem.ts';
import { getOutput } from '../../storage/variants.ts';
import type { ArchiveApi, ArchiveProblem } from './contract.ts';
import { makeFile } from './make-file.ts';
import type { ArchiveSink } from './sink.ts';

/** Ends the stream from inside; carries the reason to `build`. */
class Stopped extends Error {
  readonly problem: ArchiveProblem;
  constructor(problem: ArchiveProblem) {
    super(problem.kind);
    this.problem = problem;
  }
}

/** Writes archives from what the database holds, each into a sink of its own. */
export function createArchiver(
  database: Database,
  openSink: () => Promise<ArchiveSink>,
): ArchiveApi {
  let isCancelled = false;

  async function* read(files: readonly PlannedFile[], onFile: () => void) {
    for (const file of files) {
      if (isCancelled) throw new Stopped({ kind: 'cancelled' });
      if ('text' in file) {
        yield { name: file.path, bytes: file.text };
      } else if ('make' in file) {
        yield { name: file.path, bytes: makeFile(file.make) };
      } else {
        const output = await getOutput(database, file.key, file.role);
        if (!output.ok) throw new Stopped(output.problem);
        if (!output.value) throw new Stopped({ kind: 'output-missing', path: file.path });
        yield { name: file.path, bytes: output.value };
      }
      onFile();
    }
  }

  return {
    async build(files, onProgress) {
      isCancelled = false;
      const sink = await openSink();
      let done = 0;
      let bytes = 0;
      try {
        const stream = zipStream(
          read(files, () => {
            done++;
            onProgress({ files: done, totalFiles: files.length, bytes });
          }),
        );
        for await (const chunk of stream) {
          sink.write(chunk as Uint8Array<ArrayBuffer>);
          bytes += chunk.byteLength;
        }
        return ok(await sink.finish());
      } catch (error) {
        await sink.discard();
        return fail(error instanceof Stopped ? error.problem : storageProblemOf(error));
      }
    },
    async cancel() {
      isCancelled = true;
    },
  };
}
