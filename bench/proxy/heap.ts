/**
 * How much memory the edge proxy takes to let a large picture through: the live heap of the real
 * runtime (V8's, array buffers included) over what it was before, sampled after collections while
 * each path runs: `node scripts/run.mjs bench/proxy/heap.ts [bytes] [word of a path's name]`.
 */
import { randomBytes } from 'node:crypto';
import type { Generation, GenerationRequest, UploadAnswer } from '../../edge-proxy/contract.ts';
import { picture } from '../../edge-proxy/doubles/pictures.ts';
import { type Doubles, startDoubles } from '../../edge-proxy/doubles/server.ts';
import { freePort, localWorker, variablesFor } from '../../edge-proxy/local/worker.ts';
import { type HeapGrowth, type HeapProbe, heapProbe } from './inspector.ts';

const megabyte = 1_000_000;
/** What a picture of 20 MB may add to the heap. */
export const heapBar = 4 * megabyte;
/** A path that was looked at less often is run again, at most so often. */
const fewestSamples = 5;
const mostRuns = 3;

/** A path on which the picture travels, and the largest one that its vendor takes. */
interface Path {
  readonly name: string;
  readonly most?: number;
  readonly request?: GenerationRequest;
  /** The result is as large as the picture. */
  readonly largeResult?: boolean;
}

const words = { task: 'create', prompt: 'a red kite' } as const;
const edit = { task: 'edit', prompt: 'a red kite' } as const;

const paths: readonly Path[] = [
  {
    name: 'result in JSON (OpenAI)',
    request: { model: 'gpt-image-2', ...words },
    largeResult: true,
  },
  {
    name: 'result in JSON (Gemini)',
    request: { model: 'gemini-3.1-flash-image', ...words },
    largeResult: true,
  },
  {
    name: 'result in JSON (Bedrock)',
    most: 18 * megabyte,
    request: { model: 'bedrock-core', ...words },
    largeResult: true,
  },
  {
    name: 'result in JSON (self-hosted)',
    request: { model: 'self-hosted-qwen-image', ...words },
    largeResult: true,
  },
  {
    name: 'result as a body (Stability)',
    request: { model: 'stability-core', ...words },
    largeResult: true,
  },
  {
    name: 'result behind a link (Replicate)',
    request: { model: 'replicate-qwen-image', ...words },
    largeResult: true,
  },
  { name: 'input in JSON (self-hosted)', request: { model: 'self-hosted-qwen-image', ...edit } },
  { name: 'input in JSON (Gemini)', request: { model: 'gemini-3.1-flash-image', ...edit } },
  {
    name: 'input in JSON (OpenAI)',
    most: 15 * megabyte,
    request: { model: 'gpt-image-2', ...edit },
  },
  {
    name: 'input in JSON, signed (Bedrock)',
    most: 18 * megabyte,
    request: { model: 'bedrock-remove-background', task: 'remove-background' },
  },
  {
    name: 'input in a form (Stability)',
    most: 10 * megabyte,
    request: { model: 'stability-remove-background', task: 'remove-background' },
  },
];

export interface HeapRow extends HeapGrowth {
  readonly name: string;
  /** Of the picture. */
  readonly bytes: number;
}

interface Scene {
  readonly origin: string;
  readonly doubles: Doubles;
  readonly probe: HeapProbe;
}

async function post(origin: string, path: string, init: RequestInit): Promise<Response> {
  const headers = { origin, ...(init.headers as Record<string, string>) };
  const response = await fetch(origin + path, { ...init, method: 'POST', headers });
  if (!response.ok) throw new Error(`${path} answered ${response.status} ${await response.text()}`);
  return response;
}

async function uploaded(origin: string, bytes: number): Promise<string> {
  const small = picture('png', 1, 512, 512);
  const body = Buffer.concat([small, randomBytes(bytes - small.length)]);
  const response = await post(origin, '/api/uploads', {
    headers: { 'content-type': 'image/png' },
    body,
  });
  return ((await response.json()) as UploadAnswer).id;
}

async function generated(origin: string, request: GenerationRequest): Promise<Generation> {
  const response = await post(origin, '/api/generations', {
    headers: {
      prefer: 'wait=60',
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify(request),
  });
  const generation = (await response.json()) as Generation;
  if (generation.state !== 'succeeded') {
    throw new Error(`${request.model}: ${generation.state} ${JSON.stringify(generation.error)}`);
  }
  return generation;
}

/** Runs a path until it was looked at often enough. */
async function often(run: () => Promise<HeapRow>): Promise<HeapRow> {
  let row = await run();
  for (let n = 1; n < mostRuns && row.samples < fewestSamples; n += 1) {
    const next = await run();
    row = {
      ...next,
      peak: Math.max(row.peak, next.peak),
      samples: row.samples + next.samples,
    };
  }
  return row;
}

async function measure(
  { origin, doubles, probe }: Scene,
  { name, most = Number.POSITIVE_INFINITY, request, largeResult = false }: Path,
  wanted: number,
): Promise<HeapRow> {
  const bytes = Math.min(wanted, most);
  const needsInput = request !== undefined && !largeResult;
  const inputs = needsInput ? [await uploaded(origin, bytes)] : [];
  doubles.control.setPictureBytes(largeResult ? bytes : 0);
  const found = await probe.during(async () => {
    if (request === undefined) return void (await uploaded(origin, bytes));
    const made = await generated(origin, { ...request, ...(needsInput && { inputs }) });
    if (largeResult && made.outputs[0]?.bytes !== bytes) throw new Error(`${name}: other bytes`);
  });
  return { name, bytes, ...found };
}

/** Upload and download, which every picture makes, and then every way to and from a vendor. */
async function measureServing({ origin, doubles, probe }: Scene, bytes: number): Promise<HeapRow> {
  doubles.control.setPictureBytes(bytes);
  const made = await generated(origin, { model: 'stability-core', ...words });
  const found = await probe.during(async () => {
    const response = await fetch(origin + made.outputs[0]!.url);
    for await (const _ of response.body!);
  });
  return { name: 'download', bytes, ...found };
}

/**
 * @param wanted part of the name of the paths to measure; empty: all
 * @returns one row a path, each told to `tell` as soon as it is measured.
 */
export async function measureHeap(
  bytes = 20 * megabyte,
  wanted = '',
  tell: (row: HeapRow) => void = () => {},
): Promise<readonly HeapRow[]> {
  const doubles = await startDoubles();
  const inspectorPort = await freePort();
  // No public origin: what a vendor could fetch from us travels inside the request.
  const variables = { ...variablesFor(doubles), PUBLIC_ORIGIN: '' };
  const worker = await localWorker(variables, { inspectorPort });
  try {
    const wake = async (): Promise<unknown> =>
      fetch(`${worker.origin}/api/session`).then(
        (answer) => answer.arrayBuffer(),
        () => null,
      );
    const scene = { origin: worker.origin, doubles, probe: await heapProbe(inspectorPort, wake) };
    const rows: HeapRow[] = [];
    // Once for nothing: code, connections and pages of the database are made once.
    for (const path of paths) if (path.request) await measure(scene, path, megabyte);
    const add = async (name: string, run: () => Promise<HeapRow>): Promise<void> => {
      if (!name.includes(wanted)) return;
      const row = await often(run);
      tell(row);
      rows.push(row);
    };
    await add('upload', () => measure(scene, { name: 'upload' }, bytes));
    await add('download', () => measureServing(scene, bytes));
    for (const path of paths) await add(path.name, () => measure(scene, path, bytes));
    scene.probe.close();
    return rows;
  } finally {
    await worker.remove();
    await doubles.close();
  }
}

export const inMegabytes = (bytes: number): string => (bytes / megabyte).toFixed(1);

export async function main([bytes, wanted]: readonly string[]): Promise<void> {
  console.log('picture MB, peak MB, after MB, samples');
  await measureHeap(bytes ? Number(bytes) : undefined, wanted, (row) => {
    const figures = [row.bytes, row.peak, row.after].map(inMegabytes).join('  ');
    console.log(`${figures}  ${row.samples}  ${row.name}`);
  });
}
