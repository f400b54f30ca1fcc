/** The Durable Object of one user: ledger, sessions, uploads, and the jobs that run without a page. */
import { DurableObject } from 'cloudflare:workers';
import type { Generation, UsageAnswer } from '../contract.ts';
import { refreshed, type Tokens } from './auth/cognito.ts';
import { Sessions } from './auth/sessions.ts';
import { Driver } from './jobs/drive.ts';
import { Listeners } from './jobs/events.ts';
import { livePorts, type UploadRow } from './jobs/live.ts';
import { toGeneration } from './jobs/view.ts';
import type { Refusal } from './ledger/budget.ts';
import { isOver, type Kept, type NewJob } from './ledger/job.ts';
import { Ledger } from './ledger/ledger.ts';
import { usageOf } from './ledger/usage.ts';
import { limitsOf } from './settings.ts';
import type { VendorRef } from './vendors/adapter.ts';

export type SubmitAnswer =
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'taken'; readonly generation: Generation }
  | { readonly kind: 'key-reused' }
  | { readonly kind: 'no-such-upload' }
  | { readonly kind: 'refused'; readonly why: Refusal };

/** An alarm gives way after this long; what it started goes on beside the next one. */
const alarmMs = 20_000;

export class Account extends DurableObject<Env> {
  private readonly ledger: Ledger;
  private readonly driver: Driver;
  private readonly sessions: Sessions;
  private readonly listeners = new Listeners();
  private readonly waiting = new Map<string, Set<() => void>>();
  private armedAt = Number.POSITIVE_INFINITY;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.ledger = new Ledger(state.storage);
    this.sessions = new Sessions(state.storage.sql);
    const ports = livePorts(env, state.id.toString(), (id) => this.upload(id));
    this.driver = new Driver(this.ledger, ports, (job) => {
      this.arm();
      const told = toGeneration(job);
      this.listeners.tell(told);
      if (isOver(job.state)) for (const wake of this.waiting.get(job.id) ?? []) wake();
    });
    this.arm();
  }

  override async alarm(): Promise<void> {
    this.armedAt = Number.POSITIVE_INFINITY;
    await Promise.race([this.driver.runDue(), scheduler.wait(alarmMs)]);
    this.arm();
  }

  private arm(): void {
    const at = this.ledger.nextDue();
    if (at === null || at >= this.armedAt) return;
    this.armedAt = at;
    this.ctx.waitUntil(this.ctx.storage.setAlarm(Math.max(at, Date.now())));
  }

  /**
   * Reserves and starts.
   * @param waitMs how long the caller will wait for the end
   * @param unproven a session that nobody has asked about yet
   */
  async submit(job: NewJob, waitMs: number, unproven: string | null): Promise<SubmitAnswer> {
    if (unproven !== null && (await this.session(unproven)) === null) return { kind: 'signed-out' };
    const { inputs = [], mask } = job.request;
    const files = mask === undefined ? inputs : [...inputs, mask];
    if (files.some((id) => this.upload(id) === null)) return { kind: 'no-such-upload' };
    const answer = this.ledger.submit(job, limitsOf(this.env), Date.now());
    if (answer.kind === 'refused' || answer.kind === 'key-reused') return answer;
    const { id } = answer.job;
    if (answer.kind === 'new') this.ctx.waitUntil(this.driver.step(id));
    if (waitMs > 0) await this.ended(id, waitMs);
    return { kind: 'taken', generation: toGeneration(this.ledger.get(id)!) };
  }

  private ended(id: string, ms: number): Promise<void> {
    const job = this.ledger.get(id);
    if (job === null || isOver(job.state)) return Promise.resolve();
    return new Promise((resolve) => {
      const set = this.waiting.get(id) ?? new Set();
      this.waiting.set(id, set);
      const done = (): void => {
        clearTimeout(timer);
        set.delete(done);
        if (set.size === 0) this.waiting.delete(id);
        resolve();
      };
      const timer = setTimeout(done, ms);
      set.add(done);
    });
  }

  list(limit: number, before: number): readonly Generation[] {
    return this.ledger.list(limit, before).map(toGeneration);
  }

  generation(id: string): Generation | null {
    const job = this.ledger.get(id);
    return job === null ? null : toGeneration(job);
  }

  /** Where an output of one's own lies. */
  output(id: string, n: number): Kept | null {
    return this.ledger.get(id)?.outputs[n] ?? null;
  }

  async cancel(id: string): Promise<Generation | null> {
    if (this.ledger.get(id) === null) return null;
    if (this.driver.cancel(id)) await this.driver.step(id);
    return this.generation(id);
  }

  /** A vendor's webhook, already proven to be the vendor's. @returns false for a repeated one. */
  hear(id: string, messageId: string, ref: VendorRef): boolean {
    const heard = this.driver.hear(id, messageId, ref);
    if (heard) this.ctx.waitUntil(this.driver.step(id));
    return heard;
  }

  usage(): UsageAnswer {
    return usageOf(this.ctx.storage.sql, this.ledger.spend(Date.now()), limitsOf(this.env));
  }

  noteUpload(id: string, upload: UploadRow): void {
    this.ctx.storage.sql.exec(
      'INSERT INTO uploads VALUES (?, ?, ?, ?)',
      id,
      upload.type,
      upload.bytes,
      Date.now(),
    );
  }

  upload(id: string): UploadRow | null {
    const rows = this.ctx.storage.sql
      .exec('SELECT type, bytes FROM uploads WHERE id = ?', id)
      .toArray();
    const [row] = rows;
    return row === undefined ? null : { type: row.type as string, bytes: row.bytes as number };
  }

  openSession(id: string, email: string, tokens: Tokens): void {
    this.sessions.open(id, email, tokens, Date.now());
  }

  /** Who holds this session; refreshes silently. @returns null when it is over. */
  session(id: string): Promise<{ readonly email: string } | null> {
    return this.sessions.resume(id, (token) => refreshed(this.env, token), Date.now());
  }

  /** What Cognito wants for changes of the user's own account. @returns null when it is over. */
  async accessToken(sessionId: string): Promise<string | null> {
    return (await this.session(sessionId)) && this.sessions.accessToken(sessionId);
  }

  /** Ends the user's sessions elsewhere. */
  closeOtherSessions(sessionId: string): void {
    this.sessions.closeOthers(sessionId);
  }

  /** Ends every session of the user. @returns an access token to sign out with at Cognito. */
  closeSessions(): string | null {
    return this.sessions.closeAll();
  }

  override fetch(): Response {
    return this.listeners.listen();
  }
}
