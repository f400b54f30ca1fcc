import type { Browser, Page } from '@playwright/test';

/** One task of the page's main thread, milliseconds. */
export interface MainThreadTask {
  /** From begin to end, with the time in which the machine ran something else. */
  readonly wall: number;
  /** What the thread itself worked. */
  readonly cpu: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds, wall clock and thread clock. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * Every task that the renderer's main thread runs while `work` goes on, from Chromium's trace.
 * A `longtask` entry has wall time only, and on a machine with more work than cores a thread that
 * waits for its turn looks like one that is busy; the trace has both clocks.
 */
export async function mainThreadTasks(
  browser: Browser,
  page: Page,
  work: () => Promise<void>,
): Promise<MainThreadTask[]> {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  let trace: Buffer;
  try {
    await work();
    // An answer leaves the page before the task that gave it is over, and a trace that is stopped in
    // between has the task's begin only. Once the thread runs another one, the one before is whole.
    await page.evaluate(() => new Promise((nextTask) => setTimeout(nextTask)));
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(trace.toString());
  const thread = ({ pid, tid }: TraceEvent) => `${pid}:${tid}`;
  const main = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(thread),
  );
  return traceEvents
    .filter((event) => event.ph === 'X' && /RunTask$/.test(event.name) && main.has(thread(event)))
    .map(({ dur = 0, tdur }) => ({ wall: dur / 1000, cpu: (tdur ?? dur) / 1000 }));
}
