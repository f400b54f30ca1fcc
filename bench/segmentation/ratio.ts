/** Median milliseconds of each way, taken in turns so that load on the machine hits all alike. */
export async function medians<Way extends string>(
  ways: Record<Way, () => Promise<unknown>>,
  rounds: number,
): Promise<Record<Way, number>> {
  const names = Object.keys(ways) as Way[];
  const times = new Map<Way, number[]>(names.map((name) => [name, []]));
  // One round to warm caches and compilers, not counted.
  for (let round = -1; round < rounds; round++) {
    for (const name of names) {
      const begun = performance.now();
      await ways[name]();
      if (round >= 0) times.get(name)?.push(performance.now() - begun);
    }
  }
  const median = (name: Way) => {
    const sorted = (times.get(name) ?? []).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  };
  return Object.fromEntries(names.map((name) => [name, median(name)])) as Record<Way, number>;
}
