import { expect, test } from 'vitest';
import type { Choice, Chooser } from './choose.ts';
import type { DecoderInputs, DecoderOutputs } from './decode.ts';
import { frameOf, LOW_RES_SIDE } from './model-space.ts';
import type { ImagePrompts } from './prompts.ts';
import { type ReplayOptions, replay, type Step } from './replay.ts';

const AREA = LOW_RES_SIDE ** 2;
const FRAME = frameOf({ width: 1024, height: 512 }, 'best');

/** Mask k is everywhere 10 × points + k, so that a mask fed back tells where it came from. */
async function decode({ labels }: DecoderInputs): Promise<DecoderOutputs> {
  const masks = new Float32Array(4 * AREA);
  for (let k = 0; k < 4; k++) masks.fill(10 * labels.length + k, k * AREA, (k + 1) * AREA);
  return { masks, iou: Float32Array.of(0.9, 0.8, 0.7, 0.6) };
}

const alwaysTwo: Chooser = (): Choice => ({ candidates: [], automatic: 2 });

function recorded(overrides: Partial<ReplayOptions>) {
  const asked: DecoderInputs[] = [];
  const options: ReplayOptions = {
    frame: FRAME,
    prompts: { points: [], box: null },
    embedding: new Float32Array(0),
    decode: (inputs) => {
      asked.push(inputs);
      return decode(inputs);
    },
    choose: alwaysTwo,
    memory: new Map<string, Step>(),
    ...overrides,
  };
  return { asked, options };
}

const threeClicks: ImagePrompts = {
  points: [
    { x: 100, y: 100, include: true },
    { x: 200, y: 100, include: true },
    { x: 300, y: 100, include: false },
  ],
  box: null,
};

test('one decode a click, each fed the mask chosen before', async () => {
  const { asked, options } = recorded({ prompts: threeClicks });
  const outcome = await replay(options);
  expect(outcome.kind === 'done' && outcome.chosen).toBe(2);
  expect(asked.map(({ labels }) => [...labels])).toEqual([
    [1, -1],
    [1, 1, -1],
    [1, 1, 0, -1],
  ]);
  expect(asked.map(({ previousMask }) => previousMask?.[0])).toEqual([undefined, 22, 32]);
});

test('the box is the first step, alone', async () => {
  const prompts = { ...threeClicks, box: { x0: 0, y0: 0, x1: 10, y1: 10 } };
  const { asked, options } = recorded({ prompts });
  await replay(options);
  expect(asked.map(({ labels }) => [...labels])).toEqual([
    [2, 3],
    [1, 2, 3],
    [1, 1, 2, 3],
    [1, 1, 0, 2, 3],
  ]);
  expect(asked.map(({ previousMask }) => previousMask?.[0])).toEqual([undefined, 22, 32, 42]);
});

test('a candidate the user took is what the next step is fed and what the last one answers', async () => {
  const [first, second] = threeClicks.points;
  const points = [
    { ...first, candidate: 1 as const },
    { ...second, candidate: 3 as const },
  ];
  const { asked, options } = recorded({ prompts: { points, box: null } });
  const outcome = await replay(options);
  expect(asked[1].previousMask?.[0]).toBe(21);
  expect(outcome.kind === 'done' && outcome.chosen).toBe(3);
});

test('a further click costs one decode, another candidate of the last step none', async () => {
  const memory = new Map<string, Step>();
  const two = { ...threeClicks, points: threeClicks.points.slice(0, 2) };
  await replay(recorded({ prompts: two, memory }).options);
  const further = recorded({ prompts: threeClicks, memory });
  await replay(further.options);
  expect(further.asked).toHaveLength(1);

  const [first, second] = two.points;
  const otherLast = { points: [first, { ...second, candidate: 0 as const }], box: null };
  const stepped = recorded({ prompts: otherLast, memory });
  await replay(stepped.options);
  expect(stepped.asked).toHaveLength(0);

  const otherFirst = { points: [{ ...first, candidate: 0 as const }, second], box: null };
  const changed = recorded({ prompts: otherFirst, memory });
  await replay(changed.options);
  expect(changed.asked).toHaveLength(1);
});

test('a remembered answer is the one that decoding again gives', async () => {
  const memory = new Map<string, Step>();
  await replay(recorded({ prompts: threeClicks, memory }).options);
  const warm = await replay(recorded({ prompts: threeClicks, memory }).options);
  const cold = await replay(recorded({ prompts: threeClicks }).options);
  expect(warm).toEqual(cold);
});

test('stops when nobody waits, and says when there is nothing to do', async () => {
  const { options } = recorded({ prompts: threeClicks, decode: async () => null });
  expect(await replay(options)).toEqual({ kind: 'overtaken' });
  expect(await replay(recorded({}).options)).toEqual({ kind: 'no-prompts' });
});
