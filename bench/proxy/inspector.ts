/** The heap of a running Worker, asked through the inspector (Chrome DevTools Protocol). */
import { openWebSocket } from './web-socket.ts';

/** Between two samples. */
const pauseMs = 30;

interface Usage {
  readonly usedSize: number;
  readonly embedderHeapUsedSize?: number;
  readonly backingStorageSize?: number;
}

/** Bytes over the live heap before: the most that was seen meanwhile, and what is left after it. */
export interface HeapGrowth {
  readonly peak: number;
  readonly after: number;
  /** How often it was looked at: a peak of few samples says little. */
  readonly samples: number;
}

export interface HeapProbe {
  during(work: () => Promise<unknown>): Promise<HeapGrowth>;
  close(): void;
}

type Send = (method: string) => Promise<unknown>;

async function connect(port: number): Promise<{ send: Send; close(): void }> {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as {
    readonly webSocketDebuggerUrl: string;
  }[];
  const waiting = new Map<number, (result: unknown) => void>();
  const socket = await openWebSocket(targets[0]!.webSocketDebuggerUrl, (text) => {
    const { id, result } = JSON.parse(text) as { id?: number; result?: unknown };
    if (id === undefined) return;
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  let last = 0;
  return {
    send(method) {
      last += 1;
      const id = last;
      socket.send(JSON.stringify({ id, method }));
      return new Promise((resolve) => waiting.set(id, resolve));
    },
    close: () => socket.close(),
  };
}

/**
 * @param port where the runtime's inspector listens, on this machine
 * @param wake any small request: the runtime collects when it has something to do
 */
export async function heapProbe(port: number, wake: () => Promise<unknown>): Promise<HeapProbe> {
  const { send, close } = await connect(port);
  // The local runtime switches on a report of every 4 KiB that a body brings: a picture of 20 MB then
  // takes ten times as long, the inspector answers only at its end, and the reports are on the heap.
  await send('Network.disable');
  await send('HeapProfiler.enable');

  /** Live bytes: what a collection leaves. */
  async function live(): Promise<number> {
    let told = false;
    // What the first collection only marks for release, the second one releases. They are tasks of
    // their own: usage asked for in the same breath would be told before them.
    const asking = Promise.all([
      send('HeapProfiler.collectGarbage'),
      send('HeapProfiler.collectGarbage'),
    ])
      .then(() => send('Runtime.getHeapUsage'))
      .then((usage) => {
        told = true;
        return usage as Usage;
      });
    while (!told) await wake();
    const usage = await asking;
    return usage.usedSize + (usage.embedderHeapUsedSize ?? 0) + (usage.backingStorageSize ?? 0);
  }

  return {
    async during(work) {
      const before = await live();
      let peak = before;
      let done = false;
      let samples = 0;
      const sampling = async (): Promise<void> => {
        while (!done) {
          peak = Math.max(peak, await live());
          samples += 1;
          // A runtime that does nothing but collect would never finish.
          await new Promise((go) => setTimeout(go, pauseMs));
        }
      };
      await Promise.all([
        sampling(),
        work().finally(() => {
          done = true;
        }),
      ]);
      return { peak: peak - before, after: (await live()) - before, samples };
    },
    close,
  };
}
