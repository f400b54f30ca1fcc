import { version } from '../../package.json';
import { budgetFor } from '../core/run/budget.ts';
import { createDatabase } from '../storage/database.ts';
import { createAnnotationsClient } from '../workers/annotations/client.ts';
import { createArchiveClient } from '../workers/archive/client.ts';
import { createDecoderClient } from '../workers/decoder/client.ts';
import { createEncoderClient } from '../workers/encoder/client.ts';
import { engineSource, goldenRuns } from '../workers/engine/source.ts';
import { createHealthClient } from '../workers/health/client.ts';
import { createPixelsPool } from '../workers/pixels/client-pool.ts';
import type { Services } from '../workshop/services.ts';

/** Gigabytes, in a few steps; Chromium only (https://www.w3.org/TR/device-memory/). */
function deviceMemory(): number | null {
  const { deviceMemory } = navigator as { deviceMemory?: number };
  return deviceMemory === undefined ? null : deviceMemory * 1e9;
}

/** The real ones. */
export function createServices(): Services {
  const budget = budgetFor({ cores: navigator.hardwareConcurrency, memory: deviceMemory() });
  return {
    database: createDatabase(),
    pixels: createPixelsPool(budget.workers),
    budget,
    createEncoder: createEncoderClient,
    createDecoder: createDecoderClient,
    archive: createArchiveClient(),
    health: createHealthClient(),
    annotations: createAnnotationsClient(),
    engine: engineSource(),
    goldenRuns,
    now: () => performance.now(),
    appVersion: `Maskwright ${version}`,
  };
}
