import {
  type FailureFinding,
  type MaskFinding,
  variantFinding,
} from '../../core/dataset/health.ts';
import type { BalanceItem } from '../../core/dataset/health-balance.ts';
import { fail, ok, type Result } from '../../core/flow/result.ts';
import type { Database } from '../../storage/database.ts';
import { getVariants } from '../../storage/variants.ts';
import type { CheckProblem, CheckRequest } from './contract.ts';
import type { Stages } from './stages.ts';

export interface CheckedVariants {
  readonly findings: readonly (FailureFinding | MaskFinding)[];
  readonly items: readonly BalanceItem[];
  /** How many are made or have failed. */
  readonly judged: number;
}

/** Rows read in one go. */
const BATCH = 200;

/** Looks at the mask or the failure of every planned variant. */
export async function checkVariants(
  database: Database,
  { photos, templates, planned }: CheckRequest,
  stages: Stages,
): Promise<Result<CheckedVariants, CheckProblem>> {
  const advance = stages.begin('variants', planned.length);
  const findings = new Map<string, FailureFinding | MaskFinding>();
  const items: BalanceItem[] = [];
  let judged = 0;
  for (let at = 0; at < planned.length; at += BATCH) {
    const batch = planned.slice(at, at + BATCH);
    const rows = await getVariants(
      database,
      batch.map(([key]) => key),
    );
    if (!rows.ok) return rows;
    if (!stages.isWanted()) return fail({ kind: 'cancelled' });
    batch.forEach(([, photo, template], i) => {
      const { className, placement } = templates[template];
      const row = rows.value[i];
      items.push({ className, photo: photos[photo].hash, made: row?.status === 'done' });
      if (!row) return;
      judged += 1;
      const found = variantFinding(row, photos[photo], placement);
      // A template's samples share their mask: one finding for all of them.
      if (found && !findings.has(found.id)) findings.set(found.id, found);
    });
    advance(batch.length);
  }
  return ok({ findings: [...findings.values()], items, judged });
}
