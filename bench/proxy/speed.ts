/**
 * What the edge proxy adds to a call, against a Worker that only forwards it. Both run in the same
 * runtime against the same double, in turns: `node scripts/run.mjs bench/proxy/speed.ts [calls] [ms]`,
 * where `ms` is how long the vendor takes.
 */
import { resolve } from 'node:path';
import { startDoubles } from '../../edge-proxy/doubles/server.ts';
import { type LocalWorker, localWorker, variablesFor } from '../../edge-proxy/local/worker.ts';
import { startCognito } from '../../edge-proxy/src/testing/cognito.node.ts';

const prompt = 'a red kite over dunes';

async function timed(work: () => Promise<Response>): Promise<number> {
  const start = performance.now();
  const response = await work();
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`answered ${response.status}`);
  return performance.now() - start;
}

/** Signed in, debited, idempotent, rate-limited, copied to the bucket: everything on. */
function ours({ origin }: LocalWorker, cookie: string): Promise<Response> {
  return fetch(`${origin}/api/generations`, {
    method: 'POST',
    headers: {
      origin,
      cookie,
      prefer: 'wait=30',
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify({ model: 'gpt-image-2', task: 'create', prompt }),
  });
}

function bare({ origin }: LocalWorker): Promise<Response> {
  const body = JSON.stringify({ model: 'gpt-image-2', prompt, quality: 'medium' });
  return fetch(origin, { method: 'POST', body });
}

async function signIn({ origin }: LocalWorker): Promise<string> {
  const response = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'ada@example.test', password: 'Correct-horse-1' }),
  });
  if (!response.ok) throw new Error(`sign-in answered ${response.status}`);
  return response.headers.get('set-cookie')!.split(';')[0]!;
}

const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))]!;

export interface SpeedRow {
  readonly vendorMs: number;
  readonly calls: number;
  readonly ours: { readonly p50: number; readonly p99: number };
  readonly bare: { readonly p50: number; readonly p99: number };
}

/** @returns milliseconds, page to answer, of both Workers. */
export async function measure(calls: number, vendorMs: number): Promise<SpeedRow> {
  const doubles = await startDoubles();
  doubles.control.fault({
    host: 'openai',
    times: 0,
    fault: { kind: 'delay', when: 'before', ms: vendorMs },
  });
  const cognito = await startCognito();
  const plain = variablesFor(doubles);
  const hosts = JSON.parse(plain.LOOPBACK_HOSTS!) as Record<string, string>;
  const variables = {
    ...plain,
    AUTH: 'cognito',
    LOOPBACK_HOSTS: JSON.stringify({ ...hosts, cognito: cognito.origin }),
    COGNITO_REGION: 'local',
    COGNITO_USER_POOL_ID: cognito.pool,
    COGNITO_CLIENT_ID: cognito.client,
  };
  const proxy = await localWorker(variables);
  const forward = await localWorker(variables, {
    main: resolve(import.meta.dirname, 'pass-through.ts'),
  });
  const times = { ours: [] as number[], bare: [] as number[] };
  try {
    const cookie = await signIn(proxy);
    for (let n = -10; n < calls; n += 1) {
      const mine = await timed(() => ours(proxy, cookie));
      const theirs = await timed(() => bare(forward));
      if (n < 0) continue;
      times.ours.push(mine);
      times.bare.push(theirs);
    }
  } finally {
    await Promise.all([proxy.remove(), forward.remove()]);
    cognito.stop();
    await doubles.close();
  }
  const both = (values: readonly number[]) => ({
    p50: quantile(values, 0.5),
    p99: quantile(values, 0.99),
  });
  return { vendorMs, calls, ours: both(times.ours), bare: both(times.bare) };
}

export async function main(argv: readonly string[]): Promise<void> {
  const row = await measure(Number(argv[0] ?? 200), Number(argv[1] ?? 200));
  for (const name of ['p50', 'p99'] as const) {
    const [mine, theirs] = [row.ours[name], row.bare[name]];
    console.log(
      `${name}: ours ${mine.toFixed(1)} ms, pass-through ${theirs.toFixed(1)} ms, ratio ${(mine / theirs).toFixed(3)}`,
    );
  }
}
