import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBedrock, createBedrockControl } from './bedrock.ts';
import { createBfl, createBflPoll } from './bfl.ts';
import { createChargeBook } from './charges.ts';
import { type Control, createControl, serveControl } from './control.ts';
import { createFaultBook } from './faults.ts';
import { createGemini } from './gemini.ts';
import { answer } from './http.ts';
import { createJobBook } from './jobs.ts';
import { createModal } from './modal.ts';
import { createOpenAi } from './openai.ts';
import { createDeliveryHost, createOutputStore } from './outputs.ts';
import { padded, picture } from './pictures.ts';
import { createRecordBook } from './records.ts';
import { createRecraft } from './recraft.ts';
import { createReplicate, createReplicateDelivery } from './replicate.ts';
import { bytes, text } from './reply.ts';
import { createS3 } from './s3.ts';
import { createSes } from './ses.ts';
import { createStability } from './stability.ts';
import {
  type Credentials,
  type Double,
  HOSTS,
  type HostName,
  type ModalOptions,
  type World,
} from './types.ts';
import { createWebhookSender } from './webhooks.ts';

/** Invented keys in the vendors' forms; each also works as a canary. */
const DOUBLE_CREDENTIALS: Credentials = {
  replicate: 'r8_doubleCanaryReplicate000000000000000',
  replicateWebhook: `whsec_${Buffer.from('double replicate webhook').toString('base64')}`,
  bedrockBearer: 'double-canary-bedrock-bearer',
  awsAccessKeyId: 'AKIADOUBLECANARY0000',
  awsSecretAccessKey: 'doubleCanaryAwsSecret/000000000000000000',
  openai: 'sk-double-canary-openai',
  gemini: 'double-canary-gemini-key',
  stability: 'sk-double-canary-stability',
  bfl: 'bfl_double_canary',
  bflWebhook: 'double-canary-bfl-webhook',
  recraft: 'double-canary-recraft',
  modalKey: 'wk-double-canary',
  modalSecret: 'ws-double-canary',
  modalBearer: 'double-canary-modal-bearer',
  modalWebhook: `whsec_${Buffer.from('double modal webhook secret').toString('base64')}`,
};

/** The day at which the vendors' pages behind these doubles were read. */
const PAGES_READ = '2026-11-21';

export interface DoublesOptions {
  /** Keys the vendors accept; missing ones take `DOUBLE_CREDENTIALS`. */
  credentials?: Partial<Credentials>;
  /** Further named strings whose appearance at any host is recorded. */
  canaries?: Record<string, string>;
  /** Milliseconds until an asynchronous job ends by itself (default 20); null = only by `finishJob`. */
  jobMs?: number | null;
  /** Day that decides which models live (default `PAGES_READ`). */
  asOf?: string;
  /**
   * Public origins that the system under test claims, and the loopback address behind each
   * (`{ 'https://proxy.test': 'http://127.0.0.1:8787' }`): webhooks and input pictures go there.
   */
  routes?: Record<string, string>;
  modal?: Partial<ModalOptions>;
  replicateDeliveryNeedsToken?: boolean;
  /** US-micro-dollars per unit, keyed `vendor:model`, in place of the built-in figures. */
  prices?: Record<string, number>;
}

export interface Doubles {
  /** `http://127.0.0.1:port` of each host; paths are the vendor's own (`/v1/predictions` …). */
  origins: Record<HostName, string>;
  /** `http://127.0.0.1:port` of the control API (`remoteControl` in control.ts calls it). */
  controlOrigin: string;
  credentials: Credentials;
  control: Control;
  /** Replaces the public-origin routes, once the system under test has its port. */
  setRoutes(routes: Record<string, string>): void;
  close(): Promise<void>;
}

/** Starts every vendor on its own loopback port. */
export async function startDoubles(options: DoublesOptions = {}): Promise<Doubles> {
  const credentials: Credentials = { ...DOUBLE_CREDENTIALS, ...options.credentials };
  const start = { asOf: options.asOf ?? PAGES_READ, offset: 0 };
  let { asOf, offset } = start;
  let pictureBytes = 0;
  let routes = options.routes ?? {};
  const now = (): number => Date.now() + offset;
  const route = (url: string): string | null => {
    const parsed = URL.canParse(url) ? new URL(url) : null;
    const local = parsed && routes[parsed.origin];
    return parsed && local ? local + parsed.pathname + parsed.search : null;
  };
  const origins = {} as Record<HostName, string>;
  const world: World = {
    origins,
    credentials,
    modal: { auth: 'proxy', ...options.modal },
    now,
    asOf: () => asOf,
    ends: new Map(),
    replicateDeliveryNeedsToken: options.replicateDeliveryNeedsToken ?? false,
    prices: options.prices ?? {},
    charges: createChargeBook(),
    jobs: createJobBook(now, options.jobMs === undefined ? 20 : options.jobMs),
    outputs: createOutputStore((host) => origins[host], now),
    picture: (format, seed) => padded(picture(format, seed), pictureBytes),
    webhooks: createWebhookSender(now, route),
    route,
  };
  const faults = createFaultBook();
  const records = createRecordBook(credentials, options.canaries ?? {});
  const doubles = createDoubles(world);

  const servers: Server[] = [];
  const listen = async (server: Server): Promise<string> => {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  for (const host of HOSTS) {
    const context = { host, double: doubles[host], faults, records, world };
    origins[host] = await listen(createServer((req, res) => void answer(context, req, res)));
  }
  const control = createControl(world, faults, records, {
    advance(ms) {
      offset += ms;
    },
    setAsOf(day) {
      asOf = day;
    },
    setPictureBytes(bytes) {
      pictureBytes = bytes;
    },
    reset() {
      pictureBytes = 0;
      ({ asOf, offset } = start);
    },
  });
  const controlOrigin = await listen(serveControl(control));
  return {
    origins,
    controlOrigin,
    credentials,
    control,
    setRoutes(next) {
      routes = next;
    },
    async close() {
      world.jobs.clear();
      await world.webhooks.idle();
      await Promise.all(
        servers.map((server) => {
          server.closeAllConnections();
          return new Promise((resolve) => server.close(resolve));
        }),
      );
    },
  };
}

function createDoubles(world: World): Record<HostName, Double> {
  return {
    replicate: createReplicate(world),
    replicateDelivery: createReplicateDelivery(world),
    bedrock: createBedrock(world),
    bedrockControl: createBedrockControl(world),
    openai: createOpenAi(world),
    gemini: createGemini(world),
    geminiStorage: createDeliveryHost(world, 'geminiStorage', { unknown: 404, expired: 404 }),
    stability: createStability(world),
    bfl: createBfl(world),
    bflRegion: createBflPoll(world),
    bflDelivery: createDeliveryHost(world, 'bflDelivery', { unknown: 404, expired: 403 }),
    recraft: createRecraft(world),
    recraftFiles: createDeliveryHost(world, 'recraftFiles', { unknown: 404, expired: 404 }),
    modal: createModal(world),
    s3: createS3(world),
    ses: createSes(world),
    outside: {
      handle: () => bytes(200, 'image/png', picture('png')),
      refuse: (status) => text(status, `status ${status}`),
    },
  };
}
