import type { Database } from '../storage/database.ts';
import type { ArchiveClient } from '../workers/archive/client.ts';
import type { DecoderClient } from '../workers/decoder/client.ts';
import type { EncoderClient } from '../workers/encoder/client.ts';
import type { EngineSource } from '../workers/engine/contract.ts';
import type { PixelsClient } from '../workers/pixels/client.ts';

/** What the Workshop works with. Made in web/app, so that tests can bring their own. */
export interface Services {
  readonly database: Database;
  readonly pixels: PixelsClient;
  /** A lost worker is replaced by a new client, so these make one. */
  readonly createEncoder: () => EncoderClient;
  readonly createDecoder: () => DecoderClient;
  readonly archive: ArchiveClient;
  /** What the workers load: model, engine, their hashes. */
  readonly engine: EngineSource;
  /** Run lengths of the mask that an engine must reproduce before it is trusted. */
  readonly goldenRuns: readonly number[];
  /** Monotonic clock, milliseconds. */
  readonly now: () => number;
  /** Name and version that go into manifests. */
  readonly appVersion: string;
}
