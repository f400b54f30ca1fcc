import { Worker } from 'node:worker_threads';
import { Failure } from '../problem.ts';
import type { PhotoAnswer, PhotoJob, PhotoMaker } from './contract.ts';
import type { WorkOrder } from './setting.ts';
import type { FromThread } from './thread-messages.ts';

interface Waiting {
  readonly job: PhotoJob;
  readonly resolve: (answer: PhotoAnswer) => void;
  readonly reject: (error: unknown) => void;
  /** Threads that died of it. */
  deaths: number;
}

interface Thread {
  readonly worker: Worker;
  /** Given to the thread and not answered, oldest first. */
  readonly given: Waiting[];
  isReady: boolean;
}

/** One photo in work and one waiting, so that a thread never waits for a file to be read. */
const JOBS_PER_THREAD = 2;

/**
 * Makes photos in `count` threads. A thread that dies takes the photo it worked on with it and
 * nothing else: another one is started. Where that fails, the others go on.
 * @param script the bundled `thread.ts`
 * @throws Failure when a thread does not start; jobs reject with it when the last one is gone
 */
export async function startThreads(
  count: number,
  script: URL,
  order: WorkOrder,
): Promise<PhotoMaker> {
  const threads: Thread[] = [];
  const queue: Waiting[] = [];
  let isClosed = false;
  let broken: unknown = null;

  function feed(): void {
    for (let room = 0; room < JOBS_PER_THREAD; room++) {
      for (const { worker, given } of threads) {
        if (given.length > room) continue;
        const next = queue.shift();
        if (!next) return;
        given.push(next);
        worker.postMessage(next.job);
      }
    }
  }

  function start(): Promise<void> {
    const worker = new Worker(script, { workerData: order });
    const thread: Thread = { worker, given: [], isReady: false };
    threads.push(thread);
    return new Promise((ready, failed) => {
      const lose = (what: string, why = endedAtStart(what)) => {
        if (!threads.includes(thread)) return;
        threads.splice(threads.indexOf(thread), 1);
        if (thread.isReady) blameFirst(thread, what);
        queue.unshift(...thread.given);
        failed(why);
        if (thread.isReady && !isClosed) start().then(feed, goOnWithout);
      };
      worker.on('message', (message: FromThread) => {
        switch (message.kind) {
          case 'ready':
            thread.isReady = true;
            return ready();
          case 'not-started': {
            const { exit, message: what, next } = message.problem;
            lose(what, new Failure(exit, what, next));
            return void worker.terminate();
          }
          case 'answer':
            thread.given.shift()?.resolve(message.answer);
            return feed();
        }
      });
      worker.on('error', (error) => lose(error.message));
      worker.on('exit', (code) => lose(`exit code ${code}`));
    });
  }

  function goOnWithout(error: unknown): void {
    if (threads.length > 0) {
      feed();
      return;
    }
    broken = error;
    for (const { reject } of queue.splice(0)) reject(error);
  }

  async function close(): Promise<void> {
    isClosed = true;
    await Promise.all(threads.splice(0).map(({ worker }) => worker.terminate()));
  }

  try {
    await Promise.all(Array.from({ length: count }, start));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    slots: count * JOBS_PER_THREAD,
    make: (job) =>
      new Promise((resolve, reject) => {
        if (broken !== null) return reject(broken);
        queue.push({ job, resolve, reject, deaths: 0 });
        feed();
      }),
    close,
  };
}

/** Memory may have been short only for the moment, so once more; then it is this photo. */
function blameFirst({ given }: Thread, what: string): void {
  const [crashed] = given;
  if (!crashed) return;
  crashed.deaths += 1;
  if (crashed.deaths === 2) given.shift()?.resolve({ kind: 'crashed', what });
}

function endedAtStart(what: string): Failure {
  return new Failure(
    'engine',
    `A worker thread ended at its start: ${what}.`,
    'Free some memory, or give fewer --threads.',
  );
}
