import { expect, test, vi } from 'vitest';
import { fail, ok } from '../core/flow/result.ts';
import { createRaster } from '../core/raster/raster.ts';
import type { EncoderClient } from '../workers/encoder/client.ts';
import type { EncodeReply, EncodeRequest } from '../workers/encoder/contract.ts';
import type { EngineProblem } from '../workers/engine/contract.ts';
import { engineReport, engineSource } from '../workers/engine/testing.ts';
import { openEncoderPool } from './encoder-pool.ts';

const LOST: EngineProblem = { kind: 'worker-lost' };

/** Encoders whose work is finished by hand, in the order in which it was begun. */
function handEncoders(opens: (nth: number) => boolean = () => true) {
  const begun: { photo: string; worker: number; end: (reply: EncodeReply) => void }[] = [];
  const disposed: number[] = [];
  let made = 0;
  const createEncoder = (): EncoderClient => {
    const worker = made++;
    return {
      prepare: async () => (opens(worker) ? ok(engineReport) : fail(LOST)),
      connect: async () => {},
      encode: ({ photo }) => new Promise((resolve) => begun.push({ photo, worker, end: resolve })),
      promote: async () => {},
      cancel: async () => {},
      dispose: () => void disposed.push(worker),
    };
  };
  const done = (photo: string) => {
    begun.find((job) => job.photo === photo)?.end({ kind: 'encoded', photo, encodeMs: 1 });
  };
  const lose = (photo: string) => {
    begun.find((job) => job.photo === photo)?.end({ kind: 'failed', photo, problem: LOST });
  };
  return {
    createEncoder,
    begun,
    disposed,
    done,
    lose,
    photos: () => begun.map((job) => job.photo),
  };
}

async function open(hands: ReturnType<typeof handEncoders>, sessions: number) {
  const opened = await openEncoderPool({
    plan: { sessions, threads: 1 },
    createEncoder: hands.createEncoder,
    decoder: { connect: async () => {} },
    source: engineSource,
    onProgress: () => {},
  });
  if (!opened.ok) throw new Error(opened.problem.kind);
  return opened.value;
}

function request(photo: string): EncodeRequest {
  const size = { width: 1, height: 1 };
  return { photo, size, tier: 'quick', input: createRaster(1, 1) };
}

test('as many photos are encoded side by side as there are encoders', async () => {
  const hands = handEncoders();
  const pool = await open(hands, 2);
  const replies = ['a', 'b', 'c'].map((photo) => pool.encode(request(photo)));
  expect(hands.photos()).toEqual(['a', 'b']);
  hands.done('b');
  await vi.waitFor(() => expect(hands.photos()).toEqual(['a', 'b', 'c']));
  hands.done('a');
  hands.done('c');
  expect((await Promise.all(replies)).map(({ kind }) => kind)).toEqual(Array(3).fill('encoded'));
});

test('what has become urgent while it waited goes next', async () => {
  const hands = handEncoders();
  const pool = await open(hands, 1);
  let isUrgent = false;
  void pool.encode(request('a'));
  void pool.encode(request('b'));
  void pool.encode(request('c'), () => isUrgent);
  isUrgent = true;
  hands.done('a');
  await vi.waitFor(() => expect(hands.photos()).toEqual(['a', 'c']));
});

test('a lost encoder is replaced, and only its own photo is lost', async () => {
  const hands = handEncoders();
  const pool = await open(hands, 1);
  const [a, b] = ['a', 'b'].map((photo) => pool.encode(request(photo)));
  hands.lose('a');
  expect(await a).toMatchObject({ kind: 'failed', problem: LOST });
  await vi.waitFor(() => expect(hands.photos()).toEqual(['a', 'b']));
  expect(hands.begun[1].worker).toBe(1);
  expect(hands.disposed).toEqual([0]);
  hands.done('b');
  expect((await b).kind).toBe('encoded');
});

test('when no replacement can be had, whoever waits hears of it', async () => {
  const hands = handEncoders((nth) => nth === 0);
  const pool = await open(hands, 1);
  const [a, b] = ['a', 'b'].map((photo) => pool.encode(request(photo)));
  hands.lose('a');
  await a;
  expect(await b).toMatchObject({ kind: 'failed', problem: LOST });
  expect(await pool.encode(request('c'))).toMatchObject({ problem: LOST });
});

test('it knows which photo an encoder is at', async () => {
  const hands = handEncoders();
  const pool = await open(hands, 1);
  const replies = ['a', 'b'].map((photo) => pool.encode(request(photo)));
  expect([pool.isAt('a', 'quick'), pool.isAt('a', 'best'), pool.isAt('b', 'quick')]).toEqual([
    true,
    false,
    false,
  ]);
  hands.done('a');
  await replies[0];
  await vi.waitFor(() => expect(pool.isAt('b', 'quick')).toBe(true));
  expect(pool.isAt('a', 'quick')).toBe(false);
});

test('a retired pool finishes what it is at and hands back what waits', async () => {
  const hands = handEncoders();
  const pool = await open(hands, 2);
  const [a, b, c] = ['a', 'b', 'c'].map((photo) => pool.encode(request(photo)));
  hands.done('b');
  await b;
  await vi.waitFor(() => expect(hands.photos()).toEqual(['a', 'b', 'c']));
  const d = pool.encode(request('d'));
  pool.retire();
  expect(await d).toMatchObject({ kind: 'failed', problem: LOST });
  expect(hands.disposed).toEqual([]);
  hands.done('a');
  hands.done('c');
  expect([(await a).kind, (await c).kind]).toEqual(['encoded', 'encoded']);
  await vi.waitFor(() => expect(hands.disposed.sort()).toEqual([0, 1]));
  expect(pool.sessions()).toBe(0);
});

test('fewer encoders than planned work all the same, none is a problem', async () => {
  const pool = await open(
    handEncoders((nth) => nth === 0),
    3,
  );
  expect(pool.sessions()).toBe(1);
  await expect(
    open(
      handEncoders(() => false),
      2,
    ),
  ).rejects.toThrow('worker-lost');
});
