import type { Database } from '../storage/database.ts';
import { sweep } from '../storage/sweep.ts';

/**
 * Sweeps at the start, unless another tab has the project open: it may still bring back what it
 * removed, and bring in what no list names yet. From then on this tab counts as open.
 */
export async function sweepWhenAlone(database: Database): Promise<void> {
  const name = `maskwright-open ${database.name}`;
  await navigator.locks.request(name, { ifAvailable: true }, async (alone) => {
    if (alone) await sweep(database);
  });
  // Held until the browser takes it back with the tab.
  void navigator.locks.request(name, { mode: 'shared' }, () => new Promise(() => undefined));
}
