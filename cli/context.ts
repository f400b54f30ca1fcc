import type { Report } from './report/events.ts';
import type { S3Client } from './s3/client.ts';

/** What a command works with: everything that is outside of it. */
export interface CommandContext {
  readonly report: Report;
  readonly stdout: { write(text: string): unknown };
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Made when the first `s3://` is met. */
  readonly s3: () => S3Client;
  /** Where the model files lie, or go. */
  readonly modelsFolder: string;
  /** The bundled `photos/thread.ts`; null to work in this thread (tests). */
  readonly threadScript: URL | null;
  /** Such as `Maskwright 0.1.0`; the browser's manifest has the same. */
  readonly appVersion: string;
}
