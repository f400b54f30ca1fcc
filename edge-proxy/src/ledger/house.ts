/** The installation's own ledger: one debit per paid call of anybody, keyed by the job's id. */
import { dayStart, type Limits, monthStart, type Refusal, refuseHouse } from './budget.ts';
import { type Database, houseSchema } from './schema.ts';

export class HouseLedger {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
    for (const statement of houseSchema) database.sql.exec(statement);
  }

  /**
   * Debits `micros` for job `id`. Asking again for the same id changes nothing and is granted.
   * @returns why not, or null.
   */
  admit(
    call: { readonly id: string; readonly micros: number; readonly address: string },
    limits: Limits,
    addressAllowed: boolean,
    now: number,
  ): Refusal | null {
    return this.database.transactionSync(() => {
      const { sql } = this.database;
      const known = sql.exec('SELECT 1 FROM holds WHERE id = ?', call.id).toArray().length > 0;
      if (known) return null;
      const why = refuseHouse(
        limits,
        this.spend(call.address, now),
        call.micros,
        addressAllowed,
        now,
      );
      if (why !== null) return why;
      sql.exec('INSERT INTO holds VALUES (?,?,?,?)', call.id, call.micros, call.address, now);
      return null;
    });
  }

  /**
   * The final figure of a call; repeating it is harmless. A call that was never admitted leaves
   * a row too, so that an admission still on its way finds it and debits nothing.
   */
  settle(id: string, micros: number, now: number): void {
    this.database.sql.exec(
      "INSERT INTO holds VALUES (?, ?, '', ?) ON CONFLICT (id) DO UPDATE SET micros = excluded.micros",
      id,
      micros,
      now,
    );
  }

  /** Counts a sign-in attempt. @returns ms to wait when there were too many, else 0. */
  knock(address: string, most: number, windowMs: number, now: number): number {
    return this.database.transactionSync(() => {
      const { sql } = this.database;
      sql.exec('DELETE FROM knocks WHERE at <= ?', now - windowMs);
      const row = sql
        .exec('SELECT COUNT(*) AS n, MIN(at) AS first FROM knocks WHERE address = ?', address)
        .one();
      if ((row.n as number) >= most) return (row.first as number) + windowMs - now;
      sql.exec('INSERT INTO knocks VALUES (?, ?)', address, now);
      return 0;
    });
  }

  spend(
    address: string,
    now: number,
  ): {
    monthMicros: number;
    callsLastHour: number;
    addressCallsToday: number;
  } {
    const one = (query: string, ...bindings: SqlStorageValue[]): number =>
      (this.database.sql.exec(query, ...bindings).one().n as number | null) ?? 0;
    return {
      monthMicros: one('SELECT SUM(micros) AS n FROM holds WHERE at >= ?', monthStart(now)),
      callsLastHour: one('SELECT COUNT(*) AS n FROM holds WHERE at > ?', now - 3_600_000),
      addressCallsToday: one(
        'SELECT COUNT(*) AS n FROM holds WHERE address = ? AND at >= ?',
        address,
        dayStart(now),
      ),
    };
  }
}
