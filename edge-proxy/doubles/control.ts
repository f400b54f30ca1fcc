import { createServer, type Server } from 'node:http';
import type { Charge } from './charges.ts';
import type { FaultBook, FaultRule, WebhookMode } from './faults.ts';
import { readBody } from './http.ts';
import type { Job, JobState, JobView } from './jobs.ts';
import type { RecordBook, RequestRecord } from './records.ts';
import type { HostName, Vendor, World } from './types.ts';
import type { Delivery } from './webhooks.ts';

/**
 * What tests may do to the doubles. Arguments and answers are JSON values, so the same calls work
 * in process and as `POST {controlOrigin}/{method}` with the arguments as a JSON array.
 */
export interface Control {
  fault(rule: FaultRule): void;
  clearFaults(): void;
  charges(): Charge[];
  /** Billed micro-dollars. */
  total(vendor?: Vendor): number;
  requests(host?: HostName): RequestRecord[];
  hostsThatSaw(name: string): HostName[];
  jobs(vendor?: Vendor): JobView[];
  /** Ends a job now (jobs that already ended stay as they are). */
  finishJob(vendor: Vendor, id: string, state?: JobState): Promise<void>;
  /** Sends the job's webhook again, in the given manner; resolves when it was answered. */
  sendWebhook(vendor: Vendor, id: string, mode?: WebhookMode): Promise<Delivery[]>;
  deliveries(): Delivery[];
  /** Makes every result link made so far answer as an expired one. */
  expireOutputs(): void;
  /** Moves the doubles' clock (link expiry, one-hour purge); signatures follow it too. */
  advance(ms: number): void;
  /** Day by which models live or are retired, `YYYY-MM-DD`. */
  setAsOf(day: string): void;
  /** Results made from now on are at least this long. */
  setPictureBytes(bytes: number): void;
  /** The vendor announces that a model ends: it says so where it would, and refuses from that day. */
  announceEnd(vendor: Vendor, model: string, from: string): void;
  /** Forgets requests, charges, faults, jobs, outputs, announced ends and deliveries; clock, day and picture size return to the start. */
  reset(): void;
}

/** `Control` over HTTP: every method answers a promise. */
export type RemoteControl = {
  [K in keyof Control]: (
    ...args: Parameters<Control[K]>
  ) => Promise<Awaited<ReturnType<Control[K]>>>;
};

/** What only the server can change. */
interface Dials {
  advance(ms: number): void;
  setAsOf(day: string): void;
  setPictureBytes(bytes: number): void;
  reset(): void;
}

export function createControl(
  world: World,
  faults: FaultBook,
  records: RecordBook,
  dials: Dials,
): Control {
  const view = (job: Job): JobView => ({
    vendor: job.vendor,
    id: job.id,
    model: job.model,
    state: job.state,
  });
  return {
    fault: (rule) => faults.add(rule),
    clearFaults: () => faults.clear(),
    charges: () => world.charges.list(),
    total: (vendor) => world.charges.total(vendor),
    requests: (host) => records.list(host),
    hostsThatSaw: (name) => records.hostsThatSaw(name),
    jobs: (vendor) => world.jobs.list(vendor).map(view),
    finishJob: (vendor, id, state) => world.jobs.finish(vendor, id, state),
    async sendWebhook(vendor, id, mode = 'normal') {
      const message = world.jobs.message(vendor, id);
      return message ? world.webhooks.send(message, mode) : [];
    },
    deliveries: () => world.webhooks.deliveries(),
    expireOutputs: () => world.outputs.expireAll(),
    advance: (ms) => dials.advance(ms),
    setAsOf: (day) => dials.setAsOf(day),
    setPictureBytes: (bytes) => dials.setPictureBytes(bytes),
    announceEnd(vendor, model, from) {
      world.ends.set(`${vendor}:${model}`, from);
    },
    reset() {
      faults.clear();
      world.ends.clear();
      records.clear();
      world.charges.clear();
      world.jobs.clear();
      world.outputs.clear();
      world.webhooks.clear();
      dials.reset();
    },
  };
}

/** `POST /{method}` with a JSON array of arguments → `{ "result": … }`, or 400 with `{ "error" }`. */
export function serveControl(control: Control): Server {
  const methods = control as unknown as Record<string, (...args: unknown[]) => unknown>;
  return createServer((req, res) => {
    void (async () => {
      const reply = (status: number, value: unknown): void => {
        res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
      };
      const name = (req.url ?? '').slice(1);
      const body = await readBody(req);
      if (req.method !== 'POST' || body === null || !Object.hasOwn(methods, name)) {
        reply(404, { error: `no method ${name}` });
        return;
      }
      try {
        const args: unknown = body.length === 0 ? [] : JSON.parse(body.toString('utf8'));
        if (!Array.isArray(args)) throw new Error('arguments must be a JSON array');
        reply(200, { result: (await methods[name]!(...args)) ?? null });
      } catch (error) {
        reply(400, { error: error instanceof Error ? error.message : String(error) });
      }
    })();
  });
}

/** Calls a control API that runs in another process. Rejects with the server's sentence. */
export function remoteControl(controlOrigin: string): RemoteControl {
  return new Proxy({} as RemoteControl, {
    get(_, name) {
      // `await remoteControl(…)` asks for `then`.
      if (typeof name !== 'string' || name === 'then') return undefined;
      return async (...args: unknown[]) => {
        const response = await fetch(`${controlOrigin}/${name}`, {
          method: 'POST',
          body: JSON.stringify(args),
        });
        const answer = (await response.json()) as { result?: unknown; error?: string };
        if (!response.ok) throw new Error(answer.error ?? `control answered ${response.status}`);
        return answer.result;
      };
    },
  });
}
