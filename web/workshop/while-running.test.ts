import { expect, test } from 'vitest';
import { whileRunning } from './while-running.ts';

test('what is reported after the answer is not shown', async () => {
  const shown: (number | null)[] = [];
  let report: (progress: number) => void = () => {};
  const answer = await whileRunning<number, string>(
    (progress) => shown.push(progress),
    async (onProgress) => {
      report = onProgress;
      onProgress(1);
      return 'done';
    },
  );
  report(2);
  expect(answer).toBe('done');
  expect(shown).toEqual([1, null]);
});

test('a job that throws is over too', async () => {
  const shown: unknown[] = [];
  const job = whileRunning(
    (progress) => shown.push(progress),
    () => Promise.reject(new Error('a bug')),
  );
  await expect(job).rejects.toThrow('a bug');
  expect(shown).toEqual([null]);
});
