/** The jobs table of one user: every change is one transaction, every payment goes by `advance`. */
import { dayStart, type Limits, monthStart, type Refusal, refuseUser } from './budget.ts';
import type { Job, NewJob } from './job.ts';
import { advance, type Evidence } from './machine.ts';
import { columns, type JobRow, toJob } from './rows.ts';
import { accountSchema, type Database } from './schema.ts';

/** `debit` of machine.ts in SQL; a test holds the two together. */
const debitSql = `SUM(CASE payment WHEN 'settled' THEN settled WHEN 'released' THEN 0 ELSE reserved END)`;

const bookkeeping: readonly string[] = ['nextAt', 'houseTold', 'admitted', 'cancelAsked'];

export type Submitted =
  | { readonly kind: 'new'; readonly job: Job }
  | { readonly kind: 'replay'; readonly job: Job }
  | { readonly kind: 'key-reused' }
  | { readonly kind: 'refused'; readonly why: Refusal };

export type Changes = Partial<
  Omit<Job, 'id' | 'key' | 'requestHash' | 'payment' | 'reservedMicros' | 'createdAt' | 'updatedAt'>
>;

export class Ledger {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
    for (const statement of accountSchema) database.sql.exec(statement);
  }

  /** Idempotency, rate and budget are decided and the debit is made in one transaction. */
  submit(job: NewJob, limits: Limits, now: number): Submitted {
    return this.database.transactionSync(() => {
      const known = this.byKey(job.key);
      if (known !== null) {
        return known.requestHash === job.requestHash
          ? { kind: 'replay', job: known }
          : { kind: 'key-reused' };
      }
      const why = refuseUser(limits, this.spend(now), job.reservedMicros);
      if (why !== null) return { kind: 'refused', why };
      this.database.sql.exec(
        `INSERT INTO jobs VALUES (?,?,?,?,?,?,?,?,'reserved','queued',0,0,0,?,0,?,NULL,0,NULL,?,NULL,NULL,'[]',NULL,?,?)`,
        job.id,
        job.key,
        job.requestHash,
        job.request.model,
        job.vendor,
        job.request.task,
        JSON.stringify(job.request),
        job.address,
        job.reservedMicros,
        job.estimate ? 1 : 0,
        now,
        now,
        now,
      );
      return { kind: 'new', job: this.get(job.id)! };
    });
  }

  /**
   * Applies evidence about money together with other changes.
   * @returns the job after it; null when there is no such job or the evidence changes nothing,
   *          in which case no other change is made either.
   */
  learn(id: string, evidence: Evidence, changes: Changes, now: number): Job | null {
    return this.database.transactionSync(() => {
      const job = this.get(id);
      const payment = job === null ? null : advance(job.payment, evidence);
      return payment === null ? null : this.write(id, { payment, ...changes }, now);
    });
  }

  /** Changes anything but money. Bookkeeping that the owner never sees is no update to them. */
  change(id: string, changes: Changes, now: number): Job | null {
    return this.write(id, changes, now);
  }

  /** One statement, whatever changes; it answers with the row as it then is. */
  private write(id: string, changes: Partial<Job>, now: number): Job | null {
    const seen = Object.keys(changes).some((field) => !bookkeeping.includes(field));
    const names: string[] = seen ? ['updated_at = ?'] : [];
    const values: SqlStorageValue[] = seen ? [now] : [];
    for (const [field, value] of Object.entries(changes)) {
      const column = columns[field as keyof Job] as
        | readonly [string, (value: unknown) => SqlStorageValue]
        | undefined;
      if (column === undefined) throw new Error(`jobs.${field} never changes`);
      names.push(`${column[0]} = ?`);
      values.push(column[1](value));
    }
    return this.one(`UPDATE jobs SET ${names.join(', ')} WHERE id = ? RETURNING *`, ...values, id);
  }

  get(id: string): Job | null {
    return this.one('SELECT * FROM jobs WHERE id = ?', id);
  }

  byKey(key: string): Job | null {
    return this.one('SELECT * FROM jobs WHERE key = ?', key);
  }

  /**
   * Newest first, made before `before`. A page never ends between jobs of one moment, so that the
   * last one's time leads on to the next page: it may hold a few more than `limit`.
   */
  list(limit: number, before: number): readonly Job[] {
    return this.all(
      `SELECT * FROM jobs WHERE created_at < ?1 AND created_at >= COALESCE(
         (SELECT created_at FROM jobs WHERE created_at < ?1 ORDER BY created_at DESC LIMIT 1 OFFSET ?2), 0)
       ORDER BY created_at DESC, id`,
      before,
      limit - 1,
    );
  }

  due(now: number): readonly Job[] {
    return this.all('SELECT * FROM jobs WHERE next_at <= ? ORDER BY next_at', now);
  }

  /** When the next job wants attention, or null. */
  nextDue(): number | null {
    const row = this.database.sql.exec('SELECT MIN(next_at) AS at FROM jobs').one();
    return row.at as number | null;
  }

  /** True the first time a webhook message is seen. */
  firstDelivery(messageId: string, now: number): boolean {
    const cursor = this.database.sql.exec(
      'INSERT INTO deliveries VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING id',
      messageId,
      now,
    );
    return cursor.toArray().length === 1;
  }

  /** References that other jobs of the same vendor already hold. */
  refsOf(vendor: string): readonly string[] {
    const cursor = this.database.sql.exec(
      'SELECT ref FROM jobs WHERE vendor = ? AND ref IS NOT NULL',
      vendor,
    );
    return cursor.toArray().map((row) => row.ref as string);
  }

  spend(now: number): { dayMicros: number; monthMicros: number; callsLastMinute: number } {
    const since = (start: number): number =>
      (this.database.sql
        .exec(`SELECT ${debitSql} AS micros FROM jobs WHERE created_at >= ?`, start)
        .one().micros as number | null) ?? 0;
    const calls = this.database.sql
      .exec('SELECT COUNT(*) AS calls FROM jobs WHERE created_at > ?', now - 60_000)
      .one().calls as number;
    return {
      dayMicros: since(dayStart(now)),
      monthMicros: since(monthStart(now)),
      callsLastMinute: calls,
    };
  }

  private one(query: string, ...bindings: SqlStorageValue[]): Job | null {
    return this.all(query, ...bindings)[0] ?? null;
  }

  private all(query: string, ...bindings: SqlStorageValue[]): readonly Job[] {
    return this.database.sql
      .exec<JobRow>(query, ...bindings)
      .toArray()
      .map(toJob);
  }
}
