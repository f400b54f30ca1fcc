import { fail, ok, type Result } from '../../core/flow/result.ts';
import type { AnnotationFault } from '../../core/import/annotation-problem.ts';
import type { AnnotationFile } from './contract.ts';

/** A larger text would take many times its size once it is parsed. */
const MAX_ANNOTATION_BYTES = 256 * 1024 * 1024;

/** A whole file as text, or why not. */
export async function readText({ blob }: AnnotationFile): Promise<Result<string, AnnotationFault>> {
  if (blob.size > MAX_ANNOTATION_BYTES) {
    return fail({ kind: 'too-large', bytes: blob.size, limit: MAX_ANNOTATION_BYTES });
  }
  const bytes = await blob.arrayBuffer().catch(() => null);
  if (!bytes) return fail({ kind: 'unreadable' });
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return fail({ kind: 'not-utf8' });
  }
}
