/**
 * Kills the real Worker at many points of many paid calls and compares its ledger with what the
 * vendors' doubles charged: `node scripts/run.mjs edge-proxy/local/kill.ts [points]`.
 */
import type { Generation, GenerationsAnswer } from '../contract.ts';
import type { Charge } from '../doubles/charges.ts';
import { startDoubles } from '../doubles/server.ts';
import { localWorker, variablesFor } from './worker.ts';

const models = ['replicate-qwen-image', 'bfl-flux-2-pro', 'gpt-image-2', 'stability-core'];
const over = ['succeeded', 'failed', 'moderated', 'canceled', 'unknown'];
const settleWithinMs = 6 * 60_000;

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Faults that make the points of death differ: slow vendors, lost replies, repeated webhooks. */
function troubles(
  control: Awaited<ReturnType<typeof startDoubles>>['control'],
  round: number,
): void {
  control.clearFaults();
  for (const host of ['replicate', 'bfl', 'openai', 'stability'] as const) {
    const ms = (round * 37) % 400;
    control.fault({ host, method: 'POST', times: 0, fault: { kind: 'delay', when: 'after', ms } });
  }
  if (round % 3 === 0) {
    control.fault({ host: 'replicate', method: 'POST', fault: { kind: 'drop', when: 'after' } });
  }
  if (round % 4 === 1) {
    control.fault({ host: 'replicate', method: 'POST', fault: { kind: 'drop', when: 'before' } });
  }
  control.fault({
    host: 'replicate',
    method: 'POST',
    times: 0,
    fault: { kind: 'webhooks', mode: 'duplicate' },
  });
}

/** @returns what is wrong; empty when every call was paid at most once and every figure agrees. */
export function compare(
  calls: ReadonlyMap<string, string>,
  generations: readonly Generation[],
  charges: readonly Charge[],
): string[] {
  const wrong: string[] = [];
  const known = new Map(generations.map((generation) => [generation.id, generation]));
  for (const [prompt, id] of calls) {
    const billed = charges.filter((charge) => charge.prompt === prompt && charge.voided === null);
    const paid = billed.reduce((sum, charge) => sum + charge.microUsd, 0);
    const generation = known.get(id);
    if (billed.length > 1) wrong.push(`${prompt}: charged ${billed.length} times`);
    if (generation === undefined) wrong.push(`${prompt}: lost`);
    else if (!over.includes(generation.state))
      wrong.push(`${prompt}: stuck in ${generation.state}`);
    else if (generation.payment === 'settled' && generation.settledMicros !== paid) {
      wrong.push(`${prompt}: settled ${generation.settledMicros}, charged ${paid}`);
    } else if (generation.payment === 'released' && paid > 0) {
      wrong.push(`${prompt}: released but charged`);
    }
  }
  const unasked = charges.filter((charge) => !calls.has(charge.prompt ?? ''));
  return [...wrong, ...unasked.map((charge) => `charged without a call: ${charge.model}`)];
}

export async function main(argv: readonly string[]): Promise<void> {
  const points = Number(argv[0] ?? 100);
  const doubles = await startDoubles({ jobMs: 400 });
  const worker = await localWorker(variablesFor(doubles));
  doubles.setRoutes({ 'https://proxy.test': worker.origin });
  const calls = new Map<string, string>();

  async function ask(prompt: string, model: string): Promise<void> {
    const key = `key-${prompt.replaceAll(' ', '-')}-0123456789`;
    for (let attempt = 0; attempt < 100; attempt += 1) {
      try {
        const response = await fetch(`${worker.origin}/api/generations`, {
          method: 'POST',
          headers: {
            origin: worker.origin,
            'content-type': 'application/json',
            'idempotency-key': key,
          },
          body: JSON.stringify({ model, task: 'create', prompt }),
          signal: AbortSignal.timeout(10_000),
        });
        const body = (await response.json()) as Generation;
        if (response.ok) calls.set(prompt, body.id);
        if (response.ok) return;
      } catch {
        // The Worker died under us: the page sends the same key again.
      }
      await sleep(200);
    }
    throw new Error(`${prompt} was never taken`);
  }

  async function list(): Promise<readonly Generation[]> {
    const all: Generation[] = [];
    for (let before = Number.MAX_SAFE_INTEGER; ; ) {
      const response = await fetch(`${worker.origin}/api/generations?limit=200&before=${before}`);
      const { generations } = (await response.json()) as GenerationsAnswer;
      all.push(...generations);
      if (generations.length < 200) return all;
      before = generations.at(-1)!.createdAt;
    }
  }

  try {
    for (let round = 0; round < points; round += 1) {
      troubles(doubles.control, round);
      const asked = models.map((model) => ask(`round ${round} ${model}`, model));
      await sleep(20 + ((round * 61) % 900));
      await worker.kill();
      await worker.start();
      await Promise.all(asked);
    }
    doubles.control.clearFaults();
    const deadline = Date.now() + settleWithinMs;
    let generations = await list();
    while (Date.now() < deadline && generations.some(({ state }) => !over.includes(state))) {
      await sleep(2000);
      generations = await list();
    }
    const charges = doubles.control.charges();
    const wrong = compare(calls, generations, charges);
    const count = (payment: string): number =>
      generations.filter((generation) => generation.payment === payment).length;
    console.log(
      `${points} kills, ${calls.size} calls, ${charges.length} charges: ` +
        `${count('settled')} settled, ${count('released')} released, ${count('unknown')} unknown`,
    );
    for (const line of wrong) console.log(line);
    if (wrong.length > 0) process.exitCode = 1;
  } finally {
    await worker.remove();
    await doubles.close();
  }
}
