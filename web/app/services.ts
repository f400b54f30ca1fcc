import { version } from '../../package.json';
import { createDatabase } from '../storage/database.ts';
import { createArchiveClient } from '../workers/archive/client.ts';
import { createDecoderClient } from '../workers/decoder/client.ts';
import { createEncoderClient } from '../workers/encoder/client.ts';
import { engineSource, goldenRuns } from '../workers/engine/source.ts';
import { createPixelsClient } from '../workers/pixels/client.ts';
import type { Services } from '../workshop/services.ts';

/** The real ones. */
export function createServices(): Services {
  return {
    database: createDatabase(),
    pixels: createPixelsClient(),
    createEncoder: createEncoderClient,
    createDecoder: createDecoderClient,
    archive: createArchiveClient(),
    engine: engineSource(),
    goldenRuns,
    now: () => performance.now(),
    appVersion: `Maskwright ${version}`,
  };
}
