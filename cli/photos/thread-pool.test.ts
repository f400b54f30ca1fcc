import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/command.ts';
import type { PhotoJob } from './contract.ts';
import { startThreads } from './thread-pool.ts';

/** A thread that dies of the photo “deadly”; with a mark in its folder it does not even start. */
const SCRIPT = `
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
const mark = join(workerData.modelsFolder, 'mark');
if (existsSync(mark)) process.exit(3);
parentPort.on('message', ({ sha256 }) => {
  if (sha256 === 'marks') writeFileSync(mark, '');
  if (sha256 !== 'good') process.exit(7);
  parentPort.postMessage({ kind: 'answer', answer: { kind: 'refused', problem: { kind: 'unreadable-file' } } });
});
parentPort.postMessage({ kind: 'ready' });
`;

const start = (threads: number, modelsFolder: string, script = SCRIPT) =>
  startThreads(threads, new URL(`data:text/javascript,${encodeURIComponent(script)}`), {
    recipe: '',
    needsModel: false,
    choice: 'cpu',
    modelsFolder,
    cacheFolder: null,
    imagePixels: 1,
  });

const job = (sha256: string): PhotoJob => ({ sha256, bytes: new Uint8Array(), have: [] });

test('a photo that kills its thread is named, and all others are done', async () => {
  const pool = await start(2, temporaryFolder());
  const photos = ['good', 'deadly', 'good', 'good', 'deadly', 'good', 'good'];
  const answers = await Promise.all(photos.map((photo) => pool.make(job(photo))));
  expect(answers.map(({ kind }) => kind)).toEqual(
    photos.map((photo) => (photo === 'good' ? 'refused' : 'crashed')),
  );
  expect(answers[1]).toEqual({ kind: 'crashed', what: 'exit code 7' });
  await pool.close();
});

test('when the last thread cannot be replaced, every job ends with the reason', async () => {
  const folder = temporaryFolder();
  const pool = await start(1, folder);
  const jobs = [pool.make(job('marks')), pool.make(job('good')), pool.make(job('good'))];
  const ended = await Promise.allSettled(jobs);
  expect(existsSync(join(folder, 'mark'))).toBe(true);
  for (const one of ended) {
    expect(one).toMatchObject({ status: 'rejected' });
  }
  await expect(pool.make(job('good'))).rejects.toThrow(/ended at its start: exit code 3/);
  await pool.close();
});

test('threads that do not start are an error with its next step', async () => {
  const problem = { exit: 'engine', message: 'The model does not start.', next: 'Install again.' };
  const script = `
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', () => {});
    parentPort.postMessage({ kind: 'not-started', problem: ${JSON.stringify(problem)} });
  `;
  await expect(start(2, '', script)).rejects.toMatchObject({ problem });
});
