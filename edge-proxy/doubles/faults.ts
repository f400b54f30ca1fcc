import type { HostName } from './types.ts';

export type WebhookMode = 'normal' | 'duplicate' | 'reordered' | 'stale' | 'forged' | 'lost';

/** What can go wrong. `before`/`after` = before or after the vendor accepted (and charged) the call. */
export type Fault =
  | { kind: 'delay'; when: 'before' | 'after'; ms: number }
  | { kind: 'drop'; when: 'before' | 'after' }
  | { kind: 'status'; when: 'before' | 'after'; status: number; retryAfterSeconds?: number }
  | { kind: 'redirect'; status: 301 | 302 | 303 | 307 | 308; to: string }
  | { kind: 'malformed' }
  | { kind: 'slowBody'; chunkBytes: number; gapMs: number }
  | { kind: 'moderate'; stage: 'input' | 'output' }
  | { kind: 'fail'; message: string }
  | { kind: 'stuck' }
  | { kind: 'hops'; count: number }
  | { kind: 'answer'; text: string }
  | { kind: 'webhooks'; mode: WebhookMode };

/** A fault bound to requests. */
export interface FaultRule {
  host: HostName;
  fault: Fault;
  /** Default: any; `POST` for the kinds that only paid calls play, so that a poll uses none up. */
  method?: string;
  /** Regular expression source tested against the path without query. */
  path?: string;
  /** Matching requests let through first (default 0). */
  skip?: number;
  /** Requests hit (default 1); 0 = every one. */
  times?: number;
}

/** Kinds that mean something to a paid call only. */
const PAID_KINDS: ReadonlySet<Fault['kind']> = new Set([
  'moderate',
  'fail',
  'stuck',
  'hops',
  'answer',
  'webhooks',
]);

/** The part of the faults that the vendor's own logic plays. */
export interface Script {
  moderate?: 'input' | 'output';
  fail?: string;
  stuck?: boolean;
  hops?: number;
  /** What a language model says. */
  answer?: string;
  webhooks?: WebhookMode;
}

export interface FaultBook {
  add(rule: FaultRule): void;
  clear(): void;
  /** Faults that hit this request; consumes one use of each. */
  take(host: HostName, method: string, path: string): Fault[];
}

interface Armed {
  rule: FaultRule;
  method: string | undefined;
  pattern: RegExp | null;
  skip: number;
  left: number;
}

export function createFaultBook(): FaultBook {
  let armed: Armed[] = [];
  return {
    add(rule) {
      const times = rule.times ?? 1;
      armed.push({
        rule,
        method: rule.method ?? (PAID_KINDS.has(rule.fault.kind) ? 'POST' : undefined),
        pattern: rule.path === undefined ? null : new RegExp(rule.path),
        skip: rule.skip ?? 0,
        left: times === 0 ? Number.POSITIVE_INFINITY : times,
      });
    },
    clear() {
      armed = [];
    },
    take(host, method, path) {
      const hits: Fault[] = [];
      for (const a of armed) {
        if (a.rule.host !== host) continue;
        if (a.method !== undefined && a.method !== method) continue;
        if (a.pattern !== null && !a.pattern.test(path)) continue;
        if (a.skip > 0) {
          a.skip -= 1;
          continue;
        }
        a.left -= 1;
        hits.push(a.rule.fault);
      }
      armed = armed.filter((a) => a.left > 0);
      return hits;
    },
  };
}

/** The vendor-level view of a request's faults. */
export function scriptOf(faults: readonly Fault[]): Script {
  const script: Script = {};
  for (const f of faults) {
    if (f.kind === 'moderate') script.moderate = f.stage;
    else if (f.kind === 'fail') script.fail = f.message;
    else if (f.kind === 'stuck') script.stuck = true;
    else if (f.kind === 'hops') script.hops = f.count;
    else if (f.kind === 'answer') script.answer = f.text;
    else if (f.kind === 'webhooks') script.webhooks = f.mode;
  }
  return script;
}
