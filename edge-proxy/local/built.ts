/**
 * Checks the Worker as it is deployed (built by Vite): Bedrock's SDK answers in it, by signature and
 * by bearer key, and is no part of a cold start; no key of the builder's is in it.
 * `node scripts/run.mjs edge-proxy/local/built.ts [rounds]`
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createBuilder } from 'vite';
import type { Generation } from '../contract.ts';
import { type Doubles, startDoubles } from '../doubles/server.ts';
import { type LocalWorker, localWorker, variablesFor } from './worker.ts';

const root = resolve(import.meta.dirname, '../..');

/** Builds the Worker without the page, by the configuration of the whole build. @returns its folder */
async function build(outDir: string): Promise<string> {
  const builder = await createBuilder({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
  });
  await builder.build(builder.environments.maskwright!);
  return join(outDir, 'maskwright');
}

/** Keys in the builder's environment, as an owner has them who also works on the sources. */
const canaries = Object.fromEntries(
  ['REPLICATE_API_TOKEN', 'OPENAI_API_KEY', 'GEMINI_API_KEY', 'AWS_SECRET_ACCESS_KEY'].map(
    (name) => [name, `canary-in-the-bundle-${name}`],
  ),
);

/** Files that the entry reaches by static imports: what a cold start evaluates. */
function evaluatedAtStart(folder: string): ReadonlySet<string> {
  const found = new Set<string>();
  const left = ['index.js'];
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, to] of text.matchAll(
      /(?:^|[;}\n])\s*(?:import|export)[^"'()]*["'](\.[^"']+)["']/g,
    )) {
      left.push(join(file, '..', to!));
    }
  }
  return found;
}

const isScript = (file: string): boolean => file.endsWith('.js');

async function post(
  { origin }: LocalWorker,
  path: string,
  body: unknown,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(origin + path, {
    method: 'POST',
    headers: {
      origin,
      prefer: 'wait=60',
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

/** @returns what is wrong; empty when words and a picture came back. */
async function askBedrock(
  configFile: string,
  doubles: Doubles,
  keys: Readonly<Record<string, string>>,
): Promise<string[]> {
  const worker = await localWorker({ ...variablesFor(doubles), ...keys }, { configFile });
  const said = '{"tips":["name the light"],"prompts":["a kite at dawn","a kite at dusk"]}';
  doubles.control.fault({ host: 'bedrock', fault: { kind: 'answer', text: said } });
  try {
    const words = await post(worker, '/api/prompts/improve', { prompt: 'a kite', task: 'create' });
    const request = { model: 'bedrock-core', task: 'create', prompt: 'a kite' };
    const made = (await post(worker, '/api/generations', request)).body as Generation;
    return [
      ...(words.status === 200 ? [] : [`Converse: ${JSON.stringify(words)}`]),
      ...(made.state === 'succeeded' ? [] : [`InvokeModel: ${JSON.stringify(made)}`]),
    ];
  } finally {
    await worker.remove();
  }
}

/** Milliseconds from starting the process to the first answer of a route without the SDK. */
async function coldStart(worker: LocalWorker): Promise<number> {
  await worker.kill();
  const start = performance.now();
  await worker.start();
  return performance.now() - start;
}

/** @returns the median of cold starts with the SDK on board over those without it, round by round */
async function coldStartRatio(
  configFile: string,
  bare: string,
  doubles: Doubles,
  rounds: number,
): Promise<number> {
  const whole = await localWorker(variablesFor(doubles), { configFile });
  const light = await localWorker(variablesFor(doubles), { configFile: bare });
  try {
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const [first, second] = round % 2 === 0 ? [whole, light] : [light, whole];
      const [a, b] = [await coldStart(first), await coldStart(second)];
      ratios.push(round % 2 === 0 ? a / b : b / a);
    }
    return ratios.toSorted((a, b) => a - b)[Math.floor(rounds / 2)]!;
  } finally {
    await Promise.all([whole.remove(), light.remove()]);
  }
}

export async function main([rounds = '5']: readonly string[]): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'maskwright-built-'));
  const doubles = await startDoubles();
  try {
    Object.assign(process.env, canaries);
    const folder = await build(join(home, 'whole'));
    const configFile = join(folder, 'wrangler.json');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isScript);
    const evaluated = evaluatedAtStart(folder);
    const later = files.filter((file) => !evaluated.has(file));
    const size = (names: Iterable<string>): number =>
      [...names].reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0);
    const early = [...evaluated].filter((file) =>
      readFileSync(join(folder, file), 'utf8').includes('BedrockRuntimeClient extends'),
    );
    const wrong = early.map((file) => `${file} brings the SDK into the cold start`);
    const leaking = files.filter((file) =>
      readFileSync(join(folder, file), 'utf8').includes('canary-in-the-bundle'),
    );
    wrong.push(...leaking.map((file) => `${file} holds a key of the builder's`));
    wrong.push(...(await askBedrock(configFile, doubles, {})));
    const bearer = { AWS_BEARER_TOKEN_BEDROCK: doubles.credentials.bedrockBearer };
    wrong.push(...(await askBedrock(configFile, doubles, { ...bearer, AWS_ACCESS_KEY_ID: '' })));

    const bare = join(home, 'bare');
    cpSync(folder, bare, { recursive: true });
    for (const file of later) writeFileSync(join(bare, file), 'export {};\n');
    const bareConfig = join(bare, 'wrangler.json');
    const ratio = await coldStartRatio(configFile, bareConfig, doubles, Number(rounds));
    console.log(
      `evaluated at start ${(size(evaluated) / 1000).toFixed(0)} kB, ` +
        `loaded when asked for ${(size(later) / 1000).toFixed(0)} kB; ` +
        `cold start with the SDK on board over without: ${ratio.toFixed(3)}`,
    );
    for (const line of wrong) console.log(line);
    if (wrong.length > 0) process.exitCode = 1;
  } finally {
    await doubles.close();
    rmSync(home, { recursive: true, force: true });
  }
}
