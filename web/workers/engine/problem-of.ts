import type { EngineProblem } from './contract.ts';

/** What the engine throws, as a value. Its messages are the only thing that tells why. */
export function problemOf(error: unknown): EngineProblem {
  const what = error instanceof Error ? error.message : String(error);
  return /bad_alloc|out of memory|allocation failed|\bOOM\b/i.test(what)
    ? { kind: 'out-of-memory' }
    : { kind: 'engine-failed', what };
}
