import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureModels } from '../../models/derive.ts';
import { createNodeEncoder } from '../../models/node-session.ts';
import { createRaster } from '../../web/core/raster/raster.ts';
import { frameOf } from '../../web/core/segmentation/model-space.ts';
import type { Tier } from '../../web/core/segmentation/tiers.ts';
import { decodeImage } from '../../web/files/decode/decode-image.ts';
import { createNodeCodecs } from '../../web/files/node.ts';
import { type BenchTable, benchRow, formatTable } from '../table.ts';

const root = resolve(import.meta.dirname, '../..');
const SAMPLES = ['bison', 'cow', 'hedgehog', 'koala', 'moose', 'pig', 'pika', 'sheep'];
/** What a recipe without a tier gets, and what the app writes. */
const MEASURED = ['reference', 'balanced'] as const satisfies readonly Tier[];
/** Bare runs are taken before and after, and the runner in between. */
const BARE_RUNS = 12;

/**
 * The whole command, process start included, against nothing but runs of the encoder: one session
 * with as many threads as the runner has, the same graph, the same grids.
 */
export async function runRunnerBench(photos = 100, threads = 2): Promise<BenchTable> {
  const measured = await inTurn(MEASURED, (tier) => measure(tier, photos, threads));
  return {
    title: `Headless runner, ${photos} photos of 0.5–0.8 megapixels, ${threads} threads`,
    rows: measured.map(({ row }) => row),
    notes: [
      'Ratio: photos a second of the whole command (start, decoding, masks, edits, PNG, COCO, ZIP) ÷ of a loop of bare `session.run` in one session with the same number of threads. The runner gives every thread a session of its own.',
      ...measured.map(({ note }) => note),
    ],
  };
}

async function inTurn<Item, Value>(
  items: readonly Item[],
  work: (item: Item) => Promise<Value>,
): Promise<Value[]> {
  const values: Value[] = [];
  for (const item of items) values.push(await work(item));
  return values;
}

async function measure(tier: Tier, photos: number, threads: number) {
  const folder = mkdtempSync(join(tmpdir(), 'maskwright-bench-'));
  try {
    mkdirSync(join(folder, 'photos'));
    for (let i = 0; i < photos; i++) copyPhoto(join(folder, 'photos', `${i}.jpg`), i);
    writeFileSync(join(folder, 'recipe.json'), JSON.stringify(recipeOf(tier)));
    const before = await bareEncodes(tier, threads);
    const { wall, memory } = await timedRun(folder, threads);
    const after = await bareEncodes(tier, threads);
    const half = Math.ceil(memory.length / 2);
    const bar = {
      what: `maskwright run, tier ${tier}`,
      against: 'bare encoder runs',
      kind: 'speed',
      limit: 0.95,
    } as const;
    return {
      row: benchRow(bar, { ours: wall, other: ((before + after) / 2) * photos }),
      note:
        `${tier}: ${(wall / photos / 1000).toFixed(2)} s a photo; peak resident memory in the ` +
        `first half of the run ${peak(memory.slice(0, half))} MB, in the second ${peak(memory.slice(half))} MB.`,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Everything but the tier as a recipe written by hand has it: PNG, exact outside the mask. */
function recipeOf(tier: Tier) {
  return {
    maskwright: 1,
    model: 'mobilesam',
    tier,
    templates: [
      {
        name: 'animal',
        class: 'animal',
        placement: 'centre-point',
        reference: { file: '0.jpg', sha256: '0'.repeat(64) },
        components: [{ name: 'all', prompts: {}, edits: { hue: 40, brightness: 0.1 } }],
      },
    ],
    output: { annotations: ['coco'] },
  };
}

/** A sample under a content of its own: a JPEG may end in any bytes after its end marker. */
function copyPhoto(path: string, index: number): void {
  const sample = join(root, 'public/samples', `${SAMPLES[index % SAMPLES.length]}.jpg`);
  cpSync(sample, path);
  writeFileSync(path, Buffer.concat([readFileSync(sample), Buffer.from(String(index))]));
}

/** Mean milliseconds of one encoder run over the samples' grids. */
async function bareEncodes(tier: Tier, threads: number): Promise<number> {
  const [encoderFile] = ensureModels();
  const encoder = await createNodeEncoder(encoderFile.path, { threads });
  const codecs = createNodeCodecs();
  const frames = await Promise.all(
    SAMPLES.map(async (name) => {
      const bytes = new Uint8Array(readFileSync(join(root, 'public/samples', `${name}.jpg`)));
      const image = await decodeImage(bytes, codecs, { imagePixels: Number.POSITIVE_INFINITY });
      if (!image.ok) throw new Error(image.problem.kind);
      return frameOf(createRaster(image.value.raster.width, image.value.raster.height), tier);
    }),
  );
  const inputs = frames.map(({ grid }) => ({
    grid,
    tensor: new Float32Array(3 * grid.width * grid.height),
  }));
  await encoder.run(inputs[0].tensor, inputs[0].grid);
  const start = performance.now();
  for (let i = 0; i < BARE_RUNS; i++) {
    const { tensor, grid } = inputs[i % inputs.length];
    await encoder.run(tensor, grid);
  }
  return (performance.now() - start) / BARE_RUNS;
}

async function timedRun(folder: string, threads: number) {
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...[join(root, 'cli/bin.mjs'), 'run', join(folder, 'recipe.json'), join(folder, 'photos')],
      ...['-o', join(folder, 'out.zip'), '--threads', String(threads), '--quiet'],
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const memory: number[] = [];
  let code: number | null = null;
  child.once('exit', (exit) => {
    code = exit ?? -1;
  });
  while (code === null) {
    memory.push(residentMegabytes(child.pid ?? 0));
    await pause(500);
  }
  if (code !== 0) throw new Error(`The runner ended with ${code}.`);
  return { wall: performance.now() - start, memory };
}

/** Linux only; 0 elsewhere. */
function residentMegabytes(pid: number): number {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    return Math.round((pages * 4096) / 1e6);
  } catch {
    return 0;
  }
}

const peak = (values: readonly number[]) => Math.max(0, ...values);

/** `node scripts/run.mjs bench/runner/runner.bench.ts [PHOTOS] [THREADS]` */
export async function main([photos, threads]: readonly string[]): Promise<void> {
  console.log(
    formatTable(
      await runRunnerBench(
        photos ? Number(photos) : undefined,
        threads ? Number(threads) : undefined,
      ),
    ),
  );
}
