import { expect, test } from 'vitest';
import { fail, ok } from '../../core/flow/result.ts';
import { createPreparation } from './preparation.ts';
import { chooseThreads } from './start.ts';
import { engineReport, engineSource } from './testing.ts';

test('opens once, however often it is asked', async () => {
  let opened = 0;
  const preparation = createPreparation(async () =>
    ok({ session: ++opened, report: engineReport }),
  );
  const prepare = () => preparation.prepare(engineSource, () => {});
  expect(await Promise.all([prepare(), prepare()])).toEqual([ok(engineReport), ok(engineReport)]);
  await prepare();
  expect(opened).toBe(1);
  expect(await preparation.session()).toEqual(
    ok({ session: 1, source: engineSource, report: engineReport }),
  );
});

test('after a failure it may be tried again', async () => {
  const offline = fail({ kind: 'model-unavailable', file: 'encoder.onnx', status: 0 } as const);
  let isOnline = false;
  const preparation = createPreparation(async () =>
    isOnline ? ok({ session: 'open', report: engineReport }) : offline,
  );
  expect(await preparation.prepare(engineSource, () => {})).toEqual(offline);
  isOnline = true;
  expect((await preparation.prepare(engineSource, () => {})).ok).toBe(true);
});

test('what opening throws is a value', async () => {
  const preparation = createPreparation(() => Promise.reject(new Error('no WebAssembly')));
  expect(await preparation.prepare(engineSource, () => {})).toEqual(
    fail({ kind: 'engine-failed', what: 'no WebAssembly' }),
  );
});

test.each([
  [4, true, 4, 'all-cores'],
  [32, true, 8, 'capped'],
  [1, true, 1, 'single-core'],
  [16, false, 1, 'not-isolated'],
] as const)('%i cores, isolated %s: %i threads, %s', (cores, isIsolated, threads, reason) => {
  expect(chooseThreads(cores, isIsolated)).toEqual({ threads, reason });
});
