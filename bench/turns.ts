import { medianOf } from './table.ts';

/**
 * `wall` is what a person waits. `cpu` is what all threads of the process worked, which a busy
 * machine disturbs less: right for comparing jobs of one thread each.
 */
export type Clock = 'wall' | 'cpu';

/** Medians in milliseconds of two jobs that take turns, after one unmeasured turn each. */
export async function inTurns(
  ours: () => unknown,
  other: () => unknown,
  rounds: number,
  clock: Clock = 'wall',
): Promise<{ readonly ours: number; readonly other: number }> {
  const times: { ours: number[]; other: number[] } = { ours: [], other: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const mine = await timed(ours, clock);
    const theirs = await timed(other, clock);
    if (round === 0) continue;
    times.ours.push(mine);
    times.other.push(theirs);
  }
  return { ours: medianOf(times.ours), other: medianOf(times.other) };
}

function now(clock: Clock): number {
  if (clock === 'wall') return performance.now();
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function timed(job: () => unknown, clock: Clock): Promise<number> {
  const start = now(clock);
  await job();
  return now(clock) - start;
}
