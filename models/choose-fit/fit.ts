import {
  FIRST_CLICK_WEIGHTS,
  REFINEMENT_WEIGHTS,
} from '../../web/core/segmentation/choose-weights.ts';
import { collectSamples, type Sample } from './samples.ts';
import { fitSoftmax, meanIou, type Weighted } from './softmax.ts';

/** Parts into which groups fall for the test on what was not fitted. */
const PARTS = 8;

/**
 * Fits the weights of the automatic choice and prints them:
 * `node scripts/run.mjs models/choose-fit/fit.ts FOLDER…`. Every folder counts the same, however
 * many photos it has.
 */
export async function main(folders: string[]): Promise<void> {
  const samples: (Sample & Weighted)[] = [];
  for (const folder of folders) {
    const collected = await collectSamples(folder);
    samples.push(...collected.map((sample) => ({ ...sample, weight: 1 / collected.length })));
  }
  const at = (isWanted: (step: number) => boolean) => samples.filter(({ step }) => isWanted(step));
  report(
    'First click',
    FIRST_CLICK_WEIGHTS,
    at((step) => step === 1),
  );
  report(
    'Refinement',
    REFINEMENT_WEIGHTS,
    at((step) => step > 1),
  );
}

function report(title: string, table: Record<string, number>, samples: (Sample & Weighted)[]) {
  const weights = fitSoftmax(samples);
  const best = samples.map(({ candidates }) => Math.max(...candidates.map(({ iou }) => iou)));
  const oracle = best.reduce((sum, iou) => sum + iou, 0) / samples.length;
  console.log(`${title}: ${samples.length} decodes of ${groupsOf(samples).length} groups`);
  console.log(`  mean IoU: in the table ${meanIou(samples, Object.values(table)).toFixed(3)}`);
  console.log(`  fitted ${meanIou(samples, weights).toFixed(3)}`);
  console.log(`  on groups left out of fitting ${crossValidate(samples).toFixed(3)}`);
  console.log(`  best of the four ${oracle.toFixed(3)}`);
  Object.keys(table).forEach((name, i) => {
    console.log(`  ${name}: ${weights[i].toFixed(3)},`);
  });
}

function crossValidate(samples: readonly (Sample & Weighted)[]): number {
  const groups = groupsOf(samples);
  const partOf = ({ group }: Sample) => groups.indexOf(group) % PARTS;
  const sums = Array.from({ length: PARTS }, (_, part) => {
    const tested = samples.filter((sample) => partOf(sample) === part);
    const fitted = samples.filter((sample) => partOf(sample) !== part);
    return tested.length === 0 ? 0 : meanIou(tested, fitSoftmax(fitted)) * tested.length;
  });
  return sums.reduce((a, b) => a + b, 0) / samples.length;
}

function groupsOf(samples: readonly Sample[]): string[] {
  return [...new Set(samples.map(({ group }) => group))];
}
