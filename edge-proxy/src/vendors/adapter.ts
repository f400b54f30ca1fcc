/**
 * The one shape of every vendor: how a paid call is put, how its answer is read, and what is
 * known about money from each answer. An adapter never sees a key, a budget or the database.
 */
import type { GenerationRequest, Model, Vendor } from '../../contract.ts';
import type { Learnt } from '../catalogue/catalogue.ts';
import type { Piece } from '../http/pieces.ts';
import type { FileSink, TakenFile } from './long-strings.ts';

/** What is needed to ask a vendor about a call again. Stored; holds no secret and no URL. */
export type VendorRef = Readonly<Record<string, string>> & { readonly id: string };

/** A result where the vendor left it. */
export type Source =
  | { readonly at: 'url'; readonly url: string }
  /** Taken out of an answer already. */
  | { readonly at: 'file'; readonly file: TakenFile; readonly type: string }
  /** An answer whose body is the result, not read yet. */
  | { readonly at: 'response'; readonly response: Response; readonly type: string };

export type RefusalCode =
  | 'invalid_input'
  | 'rate_limited'
  | 'model_gone'
  | 'provider_auth'
  | 'provider_billing'
  | 'provider_unavailable'
  | 'not_configured';

export type Answer =
  /** The vendor has it; ask again with `ref`, whose `id` is the vendor's. */
  | { readonly kind: 'accepted'; readonly ref: VendorRef }
  | { readonly kind: 'running'; readonly progress?: number }
  | {
      readonly kind: 'done';
      readonly outputs: readonly Source[];
      /** The vendor's own figure; absent: the reserved price stands. */
      readonly micros?: number;
      readonly seed?: number;
      /** That the model will end, where the vendor says so in passing. */
      readonly model?: Learnt;
    }
  | { readonly kind: 'moderated'; readonly charged: boolean; readonly micros?: number }
  | { readonly kind: 'failed'; readonly charged: boolean; readonly micros?: number }
  | { readonly kind: 'canceled'; readonly charged: boolean; readonly micros?: number }
  /** Certainly not taken and not charged. */
  | {
      readonly kind: 'refused';
      readonly code: RefusalCode;
      readonly field?: string;
      readonly retryAfterMs?: number;
    }
  /** The vendor no longer knows the call. */
  | { readonly kind: 'forgotten' }
  /** It may have been taken, it may have been charged. */
  | { readonly kind: 'lost' };

export type Found =
  | { readonly kind: 'found'; readonly ref: VendorRef }
  | { readonly kind: 'absent' }
  /** The vendor answers now, but its list cannot be read to the end: ask later. */
  | { readonly kind: 'unreadable' }
  /** The vendor has no list of past calls. */
  | { readonly kind: 'cannot' };

/** A file the user uploaded. */
export interface Input {
  /** Signed URL that the vendor can reach, or null when this server is not on the internet. */
  readonly url: string | null;
  readonly type: string;
  readonly bytes: number;
  open(): Promise<ReadableStream<Uint8Array>>;
}

/** One paid call, checked against its catalogue row. */
export interface Call {
  readonly id: string;
  readonly model: Model;
  readonly request: GenerationRequest;
  /** Prompt with the words of the style added. */
  readonly prompt: string;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  readonly inputs: readonly Input[];
  /** White where pixels change; adapters turn it into the vendor's polarity. */
  readonly mask: Input | null;
  readonly reservedMicros: number;
  /** Where the vendor may report, or null when it cannot reach us. */
  readonly webhookUrl: string | null;
}

/** What the vendor's host is asked. `path` starts with `/` and is joined to a constant origin. */
export interface Ask {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | readonly Piece[];
  /** Another row of the host table of the same vendor (regional hosts). */
  readonly host?: string;
}

/** The only way out: host check, key, deadline, breaker, retries (of GET only). */
export interface Wire {
  /** @throws Turned when nothing was sent, Lost when something may have been. */
  ask(ask: Ask): Promise<Response>;
  readonly settings: VendorSettings;
  /** Where files go that come inside an answer. */
  readonly sink: FileSink;
}

/** Non-secret settings an adapter may read, and the secrets of a webhook it must pass on. */
export interface VendorSettings {
  readonly region: string;
  readonly webhookSecret: string | null;
}

export interface Adapter {
  readonly vendor: Vendor;
  /** The paid call. Exactly one request with a body leaves. */
  start(call: Call, wire: Wire): Promise<Answer>;
  poll?(ref: VendorRef, call: { readonly model: Model }, wire: Wire): Promise<Answer>;
  cancel?(ref: VendorRef, wire: Wire): Promise<void>;
  /**
   * After a lost answer: does the vendor have the call? `sentAt` in ms; `taken`: vendor ids that
   * other calls of this user already hold.
   */
  find?(call: Call, sentAt: number, wire: Wire, taken: readonly string[]): Promise<Found>;
  /** Ms to the first look, and between later ones. Absent: 1000 and 3000. */
  readonly pollEveryMs?: readonly [first: number, later: number];
}
