import { parentPort, workerData } from 'node:worker_threads';
import { Failure, textOf } from '../problem.ts';
import type { PhotoJob } from './contract.ts';
import { makePhoto } from './make-photo.ts';
import { openSetting, type WorkOrder } from './setting.ts';
import type { FromThread } from './thread-messages.ts';

/*
 * One thread: its own codecs, its own session of the model with one thread inside. Jobs are done
 * one after the other; the next one may already be waiting.
 */
const port = parentPort;
if (!port) throw new Error('This file is the entry of a worker thread.');
const say = (message: FromThread) => port.postMessage(message);

const setting = openSetting(workerData as WorkOrder);
setting.then(
  () => say({ kind: 'ready' }),
  (error: unknown) =>
    say({
      kind: 'not-started',
      problem:
        error instanceof Failure
          ? error.problem
          : { exit: 'engine', message: textOf(error), next: 'Install again with npm ci.' },
    }),
);

let last: Promise<void> = Promise.resolve();
port.on('message', (job: PhotoJob) => {
  last = last.then(async () =>
    say({ kind: 'answer', answer: await makePhoto(job, await setting) }),
  );
});
