import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fail, ok } from '../core/flow/result.ts';
import { createRaster } from '../core/raster/raster.ts';
import type { EncodeReply, EncodeRequest } from '../workers/encoder/contract.ts';
import { engineReport } from '../workers/engine/testing.ts';
import type { EncoderPlan, Machine } from './encoder-plan.ts';
import type { EncoderPool } from './encoder-pool.ts';
import { type Encoders, openEncoders } from './encoders.ts';

const TWO_CORES: Machine = { cores: 2, isIsolated: true, bytes: 2e9 };

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Pools that answer at once; a run takes the milliseconds of the plan's number of sessions. */
async function opened(msOf: Record<number, number>, areManyBetter: boolean | null = null) {
  const log: string[] = [];
  const verdicts: boolean[] = [];
  const lost = new Set<number>();
  const open = async ({ sessions }: EncoderPlan) => {
    if (!(sessions in msOf)) return fail({ kind: 'out-of-memory' } as const);
    log.push(`open ${sessions}`);
    const pool: EncoderPool = {
      report: engineReport,
      sessions: () => (lost.has(sessions) ? 0 : sessions),
      isAt: () => false,
      async encode({ photo }): Promise<EncodeReply> {
        log.push(`${photo} on ${sessions}`);
        return lost.has(sessions)
          ? { kind: 'failed', photo, problem: { kind: 'worker-lost' } }
          : { kind: 'encoded', photo, encodeMs: msOf[sessions] };
      },
      retire: () => void log.push(`retire ${sessions}`),
      dispose: () => void log.push(`dispose ${sessions}`),
    };
    return ok(pool);
  };
  const encoders = await openEncoders({
    machine: TWO_CORES,
    open,
    areManyBetter,
    onVerdict: (areManyBetter) => verdicts.push(areManyBetter),
    onChange: () => {},
  });
  if (!encoders.ok) throw new Error(encoders.problem.kind);
  return { encoders: encoders.value, log, verdicts, lost };
}

function request(photo: string): EncodeRequest {
  return { photo, size: { width: 3, height: 2 }, tier: 'best', input: createRaster(1, 1) };
}

/** Works through a line of photos as the queue does, telling how many are left. */
async function encodeAll(encoders: Encoders, count: number, left = 0): Promise<void> {
  for (let i = count; i > 0; i--) {
    encoders.expect(left + i);
    await encoders.encode(request(`p${i}`), () => false);
    await vi.advanceTimersByTimeAsync(0);
  }
  encoders.expect(left);
}

test('a short line has the one encoder, and nothing is measured', async () => {
  const { encoders, log, verdicts } = await opened({ 1: 100, 2: 150 });
  await encodeAll(encoders, 5);
  expect(log.filter((line) => line.startsWith('open'))).toEqual(['open 1']);
  expect(verdicts).toEqual([]);
});

test('a long line tries several on its own photos and keeps them where they are faster', async () => {
  const { encoders, log, verdicts } = await opened({ 1: 100, 2: 150 });
  await encodeAll(encoders, 30);
  expect(verdicts).toEqual([true]);
  expect(encoders.sessions()).toBe(2);
  expect(log.at(-1)).toBe('p1 on 2');
});

test('several that gain next to nothing go again and are not tried twice', async () => {
  const { encoders, log, verdicts } = await opened({ 1: 100, 2: 198 });
  await encodeAll(encoders, 40);
  expect(verdicts).toEqual([false]);
  expect(log.filter((line) => / 2$/.test(line) && !line.includes('on'))).toEqual([
    'open 2',
    'retire 2',
  ]);
  expect(log.at(-1)).toBe('p1 on 1');
});

test('known to be better, several start after the first photo of a long line', async () => {
  const { encoders, log } = await opened({ 1: 100, 2: 150 }, true);
  encoders.expect(150);
  expect(log).toEqual(['open 1']);
  await encodeAll(encoders, 3, 20);
  expect(log).toEqual(['open 1', 'p3 on 1', 'open 2', 'p2 on 1', 'p1 on 2']);
});

test('what the user waits for goes to the one encoder, whatever else is done', async () => {
  const { encoders, log } = await opened({ 1: 100, 2: 150 }, true);
  await encodeAll(encoders, 3, 20);
  await encoders.encode(request('clicked'), () => true);
  expect(log.at(-1)).toBe('clicked on 1');
});

test('runs beside which the user had cores taken away are not compared', async () => {
  const { encoders, verdicts } = await opened({ 1: 100, 2: 150 });
  await encodeAll(encoders, 4, 20);
  await Promise.all(
    Array.from({ length: 10 }, (_, i) => [
      encoders.encode(request(`u${i}`), () => true),
      encoders.encode(request(`p${i}`), () => false),
    ]).flat(),
  );
  expect(verdicts).toEqual([]);
});

test('idle workers give their memory back', async () => {
  const { encoders, log } = await opened({ 1: 100, 2: 150 }, true);
  await encodeAll(encoders, 12);
  expect(encoders.sessions()).toBe(2);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(log.at(-1)).toBe('retire 2');
  expect(encoders.sessions()).toBe(1);
});

test('several that the browser ended are not started again; the one goes on', async () => {
  const { encoders, log, lost } = await opened({ 1: 100, 2: 150 }, true);
  await encodeAll(encoders, 3, 20);
  lost.add(2);
  expect((await encoders.encode(request('a'), () => false)).kind).toBe('failed');
  await encodeAll(encoders, 8, 20);
  expect(log.at(-1)).toBe('p1 on 1');
  expect(log.filter((line) => line === 'open 2')).toHaveLength(1);
});

test('where no more can be opened, the one goes on', async () => {
  const { encoders, log } = await opened({ 1: 100 });
  await encodeAll(encoders, 12);
  expect(encoders.sessions()).toBe(1);
  expect(log.at(-1)).toBe('p1 on 1');
});
