import type { ImageProblem } from '../../core/dataset/image-problem.ts';
import { fail, ok, type Result } from '../../core/flow/result.ts';
import type { Bytes } from '../../files/bytes.ts';

/** All bytes of a file that may have been moved or locked since it was chosen. */
export async function readBytes(blob: Blob): Promise<Result<Bytes, ImageProblem>> {
  try {
    return ok(new Uint8Array(await blob.arrayBuffer()));
  } catch {
    return fail({ kind: 'unreadable-file' });
  }
}
