import type { VariantProblem } from '../core/dataset/variant.ts';
import { plural } from '../core/flow/format.ts';
import type { EngineReport } from '../workers/engine/contract.ts';
import type { EncoderPlan } from './encoder-plan.ts';
import type { StartProblem } from './engine-start.ts';

/** What happened and what to do, for problems of the segmentation engine. */
export function describeEngineProblem(problem: StartProblem): { message: string; next: string } {
  switch (problem.kind) {
    case 'model-damaged':
      return {
        message: `The model file ${problem.file} is damaged: its checksum is not the expected one.`,
        next: 'It was thrown away. Check the connection and press “Try again” to fetch it anew.',
      };
    case 'model-unavailable':
      return {
        message: `The model file ${problem.file} could not be fetched${
          problem.status ? ` (the server answered ${problem.status})` : ''
        }.`,
        next: 'Connect to the network once and press “Try again”; afterwards it works offline.',
      };
    case 'out-of-memory':
      return {
        message: 'This device ran out of memory for the segmentation model.',
        next: 'Close other tabs, then press “Try again”.',
      };
    case 'engine-failed':
      return {
        message: `The segmentation engine stopped (${problem.what}).`,
        next: 'Press “Try again”. If it stays, update the browser.',
      };
    case 'worker-lost':
      return {
        message: 'The segmentation engine was ended or fell silent, usually for want of memory.',
        next: 'Close other tabs, then press “Try again”.',
      };
    case 'wrong-mask':
      return {
        message: `The segmentation engine computes wrong masks on this device (it agrees with a known one by ${Math.round(problem.iou * 100)} %), so it is not used.`,
        next: 'Update the browser, or use another one, and press “Try again”.',
      };
    case 'not-prepared':
      return { message: 'The segmentation engine is not running.', next: 'Press “Try again”.' };
  }
}

/** One line about what runs the model. `many` is how a long line of photos is encoded. */
export function describeEngineReport(report: EngineReport, many: EncoderPlan | null): string {
  const together = many
    ? `; a long line of photos: ${many.sessions} at once, ${plural(many.threads, 'thread')} each`
    : '';
  const threads = `${plural(report.threads, 'thread')}${together}`;
  switch (report.reason) {
    case 'not-isolated':
      return `WebAssembly, ${threads}: this page is not cross-origin isolated, so it runs slower than it could.`;
    case 'single-core':
      return `WebAssembly, ${threads}: the browser reports one processor core.`;
    default:
      return `WebAssembly, ${threads}`;
  }
}

/** An engine problem as the reason why one photo has no variant. */
export function asVariantProblem(problem: StartProblem): VariantProblem {
  if (problem.kind === 'out-of-memory') return problem;
  return { kind: 'engine', what: describeEngineProblem(problem).message };
}
