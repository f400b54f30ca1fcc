import type { Budget } from '../core/run/budget.ts';
import type { Database } from '../storage/database.ts';
import type { AnnotationsClient } from '../workers/annotations/client.ts';
import type { ArchiveClient } from '../workers/archive/client.ts';
import type { DecoderClient } from '../workers/decoder/client.ts';
import type { EncoderClient } from '../workers/encoder/client.ts';
import type { EngineSource } from '../workers/engine/contract.ts';
import type { HealthClient } from '../workers/health/client.ts';
import type { PixelsClient } from '../workers/pixels/client.ts';

/** What the Workshop works with. Made in web/app, so that tests can bring their own. */
export interface Services {
  readonly database: Database;
  readonly pixels: PixelsClient;
  /** What a run may use of this device. */
  readonly budget: Budget;
  /** A lost worker is replaced by a new client, so these make one. */
  readonly createEncoder: () => EncoderClient;
  readonly createDecoder: () => DecoderClient;
  readonly archive: ArchiveClient;
  readonly health: HealthClient;
  readonly annotations: AnnotationsClient;
  /** What the workers load: model, engine, their hashes. */
  readonly engine: EngineSource;
  /** Run lengths of the mask that an engine must reproduce before it is trusted. */
  readonly goldenRuns: readonly number[];
  /** Monotonic clock, milliseconds. */
  readonly now: () => number;
  /** Name and version that go into manifests. */
  readonly appVersion: string;
}
