/** The real Worker in the real runtime, as a process that can be killed. Runs in Node. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Doubles } from '../doubles/server.ts';

const folder = resolve(import.meta.dirname, '..');
const wrangler = resolve(folder, '../node_modules/wrangler/bin/wrangler.js');

export interface LocalWorker {
  readonly origin: string;
  /** SIGKILL to the runtime and everything around it: nothing gets to say goodbye. */
  kill(): Promise<void>;
  /** Starts again on the same port and the same stored state. */
  start(): Promise<void>;
  /** Kills it and deletes its state. */
  remove(): Promise<void>;
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' ? address!.port : 0));
    });
  });
}

/** Variables that lead the Worker to the doubles instead of the vendors. No limit is in the way. */
export function variablesFor({ origins, credentials: keys }: Doubles): Record<string, string> {
  return {
    LOOPBACK_HOSTS: JSON.stringify({
      replicate: origins.replicate,
      replicateResults: origins.replicateDelivery,
      bedrock: origins.bedrock,
      bedrockControl: origins.bedrockControl,
      openai: origins.openai,
      gemini: origins.gemini,
      geminiResults: origins.geminiStorage,
      stability: origins.stability,
      bfl: origins.bfl,
      bflRegion: origins.bflRegion,
      bflResults: origins.bflDelivery,
      recraft: origins.recraft,
      recraftResults: origins.recraftFiles,
      'self-hosted': origins.modal,
      s3: origins.s3,
      ses: origins.ses,
    }),
    AUTH: 'off',
    PUBLIC_ORIGIN: 'https://proxy.test',
    REPLICATE_API_TOKEN: keys.replicate,
    OPENAI_API_KEY: keys.openai,
    GEMINI_API_KEY: keys.gemini,
    STABILITY_API_KEY: keys.stability,
    BFL_API_KEY: keys.bfl,
    BFL_WEBHOOK_SECRET: keys.bflWebhook,
    RECRAFT_API_TOKEN: keys.recraft,
    AWS_ACCESS_KEY_ID: keys.awsAccessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.awsSecretAccessKey,
    SELF_HOSTED_KEY: keys.modalKey,
    SELF_HOSTED_SECRET: keys.modalSecret,
    SELF_HOSTED_WEBHOOK_SECRET: keys.modalWebhook,
    BUDGET_USER_DAY_USD: '1000',
    BUDGET_USER_MONTH_USD: '1000',
    BUDGET_TOTAL_MONTH_USD: '1000',
    CALLS_USER_PER_MINUTE: '100000',
    CALLS_TOTAL_PER_HOUR: '100000',
    CALLS_ADDRESS_PER_DAY: '100000',
  };
}

interface Options {
  /** Entry file; absent: the configuration's. */
  readonly main?: string;
  /** Configuration to run, of a build for instance; absent: our own. */
  readonly configFile?: string;
  /** Where the runtime's inspector listens; absent: anywhere. */
  readonly inspectorPort?: number;
}

export async function localWorker(
  variables: Record<string, string>,
  { main, configFile = join(folder, 'wrangler.jsonc'), inspectorPort = 0 }: Options = {},
): Promise<LocalWorker> {
  const home = mkdtempSync(join(tmpdir(), 'maskwright-worker-'));
  const config = JSON.parse(readFileSync(configFile, 'utf8')) as Record<string, unknown>;
  const entry = main ?? resolve(dirname(configFile), String(config.main));
  delete config.assets;
  mkdirSync(join(home, 'state'));
  writeFileSync(
    join(home, 'wrangler.json'),
    JSON.stringify({ ...config, $schema: undefined, main: entry, vars: variables }),
  );
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    const flags = [
      '--ip',
      '127.0.0.1',
      '--port',
      String(port),
      '--inspector-port',
      String(inspectorPort),
    ];
    child = spawn(
      process.execPath,
      [
        wrangler,
        'dev',
        '--config',
        join(home, 'wrangler.json'),
        '--persist-to',
        join(home, 'state'),
      ].concat(flags, '--log-level', 'error', '--show-interactive-dev-session', 'false'),
      {
        cwd: home,
        detached: true,
        stdio: 'ignore',
        env: {
          ...process.env,
          WRANGLER_SEND_METRICS: 'false',
          CLOUDFLARE_CF_FETCH_ENABLED: 'false',
          WRANGLER_HIDE_BANNER: 'true',
        },
      },
    );
    for (let attempt = 0; ; attempt += 1) {
      try {
        await fetch(`${origin}/api/health`);
        return;
      } catch (error) {
        if (attempt > 600) throw error;
        await new Promise((done) => setTimeout(done, 50));
      }
    }
  }

  async function kill(): Promise<void> {
    const dying = child;
    child = null;
    if (dying?.pid === undefined || dying.exitCode !== null) return;
    const gone = new Promise((done) => dying.once('exit', done));
    process.kill(-dying.pid, 'SIGKILL');
    await gone;
  }

  // Its own process group outlives us unless it is told.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void kill().finally(() => process.exit(1)));
  }

  await start();
  return {
    origin,
    start,
    kill,
    async remove() {
      await kill();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
