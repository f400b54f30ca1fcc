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
}

/** One photo in work and one waiting, so that a thread never waits for a file to be read. */
const JOBS_PER_THREAD = 2;

/**
 * Makes photos in `count` threads. A thread that dies takes the photo it worked on with it and
 * nothing else: another one is started.
 * @param script the bundled `thread.ts`
 */
export async function startThreads(
  count: number,
  script: URL,
  order: WorkOrder,
): Promise<PhotoMaker> {
  const threads: Thread[] = [];
  const queue: Waiting[] = [];
  let isClosed = false;

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
    const thread: Thread = { worker, given: [] };
    threads.push(thread);
    return new Promise((ready, failed) => {
      const lose = (what: string) => {
        if (!threads.includes(thread)) return;
        threads.splice(threads.indexOf(thread), 1);
        failed(new Failure('engine', `A worker thread ended at its start: ${what}.`, MEMORY));
        const [crashed] = thread.given;
        if (crashed) crashed.deaths += 1;
        // Memory may have been short only for the moment, so once more; then it is this photo.
        if (crashed?.deaths === 2) thread.given.shift()?.resolve({ kind: 'crashed', what });
        queue.unshift(...thread.given);
        if (isClosed) return;
        start().then(feed, (error) => {
          for (const { reject } of queue.splice(0)) reject(error);
        });
      };
      worker.on('message', (message: FromThread) => {
        if (message.kind === 'ready') {
          ready();
        } else if (message.kind === 'not-started') {
          const { exit, message: what, next } = message.problem;
          failed(new Failure(exit, what, next));
        } else {
          thread.given.shift()?.resolve(message.answer);
          feed();
        }
      });
      worker.on('error', (error) => lose(error.message));
      worker.on('exit', (code) => lose(`exit code ${code}`));
    });
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
        queue.push({ job, resolve, reject, deaths: 0 });
        feed();
      }),
    close,
  };
}

const MEMORY = 'Free some memory, or give fewer --threads.';
