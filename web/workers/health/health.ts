import { balanceFinding, duplicateFinding, type HealthReport } from '../../core/dataset/health.ts';
import { classBalance, remarkOnBalance } from '../../core/dataset/health-balance.ts';
import { groupDuplicates } from '../../core/dataset/health-duplicates.ts';
import { splitPhotos } from '../../core/export/annotations/splits.ts';
import { ok, type Result } from '../../core/flow/result.ts';
import type { Database } from '../../storage/database.ts';
import { checkPhotos } from './check-photos.ts';
import { checkVariants } from './check-variants.ts';
import type { CheckProblem, CheckRequest, HealthApi } from './contract.ts';
import { createStages, type Stages } from './stages.ts';

/**
 * The health worker's logic: reads the dataset's rows and says what deserves a look. A newer
 * check, or a cancel, ends the one under way.
 * @param now monotonic clock, milliseconds
 */
export function createHealth(database: Database, now: () => number): HealthApi {
  let current = 0;

  async function run(
    request: CheckRequest,
    stages: Stages,
  ): Promise<Result<HealthReport, CheckProblem>> {
    const variants = await checkVariants(database, request, stages);
    if (!variants.ok) return variants;
    const photos = await checkPhotos(database, request, stages);
    if (!photos.ok) return photos;
    const { items, judged } = variants.value;
    const exported = items.flatMap(({ made, photo }) => (made ? [photo] : []));
    const splits = splitPhotos(exported, request.splits, request.seed);
    const classes = classBalance(items, splits);
    const order = request.photos.map(({ hash }) => hash);
    const groups = groupDuplicates(order, photos.value.pairs);
    const findings = [
      ...variants.value.findings,
      ...groups.map((group) => duplicateFinding(group, splits)),
      ...remarkOnBalance(classes).map(balanceFinding),
    ];
    return ok({ findings, classes, judged, compared: photos.value.compared });
  }

  return {
    check(request, onProgress) {
      current += 1;
      const mine = current;
      return run(
        request,
        createStages(onProgress, () => mine === current, now),
      );
    },
    async cancel() {
      current += 1;
    },
  };
}
