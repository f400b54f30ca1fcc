import type { IncomingHttpHeaders } from 'node:http';
import type { ChargeBook } from './charges.ts';
import type { Script } from './faults.ts';
import type { JobBook } from './jobs.ts';
import type { OutputStore } from './outputs.ts';
import type { PictureFormat } from './pictures.ts';
import type { WebhookSender } from './webhooks.ts';

/** Every vendor that takes money. `modal` is the self-hosted generator. */
export type Vendor =
  | 'replicate'
  | 'bedrock'
  | 'openai'
  | 'gemini'
  | 'stability'
  | 'bfl'
  | 'recraft'
  | 'modal';

/**
 * One listener each, so "this key went to this host only" can be asserted by port.
 * `outside` plays any host that is not on an allow-list: it must see nothing.
 */
export const HOSTS = [
  'replicate',
  'replicateDelivery',
  'bedrock',
  'bedrockControl',
  'openai',
  'gemini',
  'geminiStorage',
  'stability',
  'bfl',
  'bflRegion',
  'bflDelivery',
  'recraft',
  'recraftFiles',
  'modal',
  's3',
  'ses',
  'outside',
] as const;
export type HostName = (typeof HOSTS)[number];

/** Secrets the doubles accept. Each is also a canary: where it was seen is recorded. */
export interface Credentials {
  replicate: string;
  /** `whsec_` + base64, as `GET /v1/webhooks/default/secret` answers. */
  replicateWebhook: string;
  bedrockBearer: string;
  awsAccessKeyId: string;
  awsSecretAccessKey: string;
  openai: string;
  gemini: string;
  stability: string;
  bfl: string;
  bflWebhook: string;
  recraft: string;
  modalKey: string;
  modalSecret: string;
  modalBearer: string;
  /** Standard-Webhooks secret of the self-hosted generator. */
  modalWebhook: string;
}

/** One request as the double sees it, body fully read. */
export interface Call {
  id: number;
  host: HostName;
  method: string;
  /** Path and query exactly as sent: what a signature covers. */
  rawUrl: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** What scripted faults ask of the vendor's own logic (moderation, failing jobs …). */
  script: Script;
}

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** One host of one vendor. */
export interface Double {
  handle(call: Call): Reply | Promise<Reply>;
  /** The vendor's own error body for a status injected by a fault. */
  refuse(status: number, retryAfterSeconds?: number): Reply;
}

export interface ModalOptions {
  /** Which credentials the endpoint asks for; `both` = proxy token pair and bearer. */
  auth: 'proxy' | 'bearer' | 'both';
}

/** What the vendors share: books, clock, addresses. */
export interface World {
  origins: Record<HostName, string>;
  credentials: Credentials;
  modal: ModalOptions;
  /** Milliseconds since the epoch; real time plus what tests added. */
  now(): number;
  /** Calendar day that decides which models still live, `YYYY-MM-DD`. */
  asOf(): string;
  /** First day of refusal by `vendor:model`, announced by a test. */
  ends: Map<string, string>;
  /** True when the delivery host asks for the token too (the vendor's docs disagree). */
  replicateDeliveryNeedsToken: boolean;
  /** Overrides of price figures, US-micro-dollars per unit, keyed `vendor:model`. */
  prices: Readonly<Record<string, number>>;
  charges: ChargeBook;
  jobs: JobBook;
  outputs: OutputStore;
  /** A result; `seed` chooses its colour. */
  picture(format: PictureFormat, seed: number): Buffer;
  webhooks: WebhookSender;
  /** Maps a public https URL to the loopback address that plays it, or null when unknown. */
  route(url: string): string | null;
}
