import type { Result } from '../../web/core/flow/result.ts';
import type { Bytes } from '../../web/files/bytes.ts';
import type { ReadProblem } from './read-problem.ts';

/** A file that may be a photo, before anybody has looked at its bytes. */
export interface Entry {
  /** Folders and name as they go into the manifest, joined by `/`. */
  readonly path: string;
  /**
   * Text that stands for its content and is known without reading it, such as the ETag of an
   * object; null when only reading tells.
   */
  readonly contentKey: string | null;
  /** SHA-256 that the file must have, lower-case hex; null when none was promised. */
  readonly sha256: string | null;
  /** @throws Failure when not only this file but its whole source cannot be read */
  read(): Promise<Result<Bytes, ReadProblem>>;
}
