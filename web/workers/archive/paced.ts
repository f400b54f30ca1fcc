import type { ArchiveProgress } from './contract.ts';

const PACE_MS = 100;

/** Passes on ten reports a second and the last one: each is a message to the page. */
export function paced(
  report: (progress: ArchiveProgress) => void,
): (progress: ArchiveProgress) => void {
  let next = 0;
  return (progress) => {
    const now = performance.now();
    if (now < next && progress.files < progress.totalFiles) return;
    next = now + PACE_MS;
    report(progress);
  };
}
