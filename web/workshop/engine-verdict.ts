import type { Database } from '../storage/database.ts';
import { getSetting, putSetting } from '../storage/settings.ts';

const VERDICT = 'engine verdict';

/** Another program, or chance, may have decided a comparison, so it does not hold for ever. */
const COMPARISON_HOLDS_MS = 7 * 86_400_000;

/** What was found out when these files first ran on this device. */
export interface EngineVerdict {
  /** What it holds for: files, engine, cores. */
  readonly key: string;
  /** With the golden mask; 0 while the engine has not proven itself. */
  readonly iou: number;
  /** Whether several encoders get more done than one; null while it is to be tried. */
  readonly areManyBetter: boolean | null;
  /** Milliseconds since 1970 when that was tried, 0 before. */
  readonly comparedAt: number;
}

/** As older versions wrote it: without the time of the comparison. */
type StoredVerdict = Omit<EngineVerdict, 'comparedAt'> & Partial<EngineVerdict>;

function isVerdict(value: unknown): value is StoredVerdict {
  return typeof value === 'object' && value !== null && 'iou' in value && 'areManyBetter' in value;
}

/** What is known under this key; a comparison that is a week old is forgotten. */
export async function readVerdict(
  database: Database,
  key: string,
  now: number,
): Promise<EngineVerdict> {
  const kept = await getSetting(database, VERDICT);
  if (!kept.ok || !isVerdict(kept.value) || kept.value.key !== key) {
    return { key, iou: 0, areManyBetter: null, comparedAt: 0 };
  }
  const { iou, areManyBetter, comparedAt = 0 } = kept.value;
  const isFresh = now - comparedAt < COMPARISON_HOLDS_MS;
  return isFresh
    ? { key, iou, areManyBetter, comparedAt }
    : { key, iou, areManyBetter: null, comparedAt: 0 };
}

/** What is not kept is found out again. */
export async function keepVerdict(database: Database, verdict: EngineVerdict): Promise<void> {
  await putSetting(database, VERDICT, verdict);
}
