/** The sessions of one user. Tokens stay here; the browser holds only a name that we can forget. */
import type { Tokens } from './cognito.ts';

const day = 24 * 3_600_000;
const idleMs = 14 * day;
const longestMs = 30 * day;
const earlyMs = 60_000;
const seenEveryMs = 3_600_000;

export class Sessions {
  private readonly sql: SqlStorage;
  /** Refreshes under way: two tabs must not spend one rotating token twice. */
  private readonly refreshing = new Map<string, Promise<Tokens | null>>();

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  open(id: string, email: string, tokens: Tokens, now: number): void {
    this.sql.exec(
      'INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?)',
      id,
      email,
      tokens.refresh,
      tokens.access,
      tokens.accessExpiresAt,
      now,
      now,
    );
    this.sql.exec(
      'DELETE FROM sessions WHERE seen_at < ? OR created_at < ?',
      now - idleMs,
      now - longestMs,
    );
  }

  async resume(
    id: string,
    refresh: (token: string) => Promise<Tokens | null>,
    now: number,
  ): Promise<{ readonly email: string } | null> {
    const [row] = this.sql.exec('SELECT * FROM sessions WHERE id = ?', id).toArray();
    if (row === undefined) return null;
    const tooOld =
      now - (row.seen_at as number) > idleMs || now - (row.created_at as number) > longestMs;
    if (tooOld) return this.close(id);
    if ((row.access_expires_at as number) - earlyMs < now) {
      let work = this.refreshing.get(id);
      if (work === undefined) {
        work = refresh(row.refresh_token as string).finally(() => this.refreshing.delete(id));
        this.refreshing.set(id, work);
      }
      const tokens = await work;
      if (tokens === null) return this.close(id);
      this.sql.exec(
        'UPDATE sessions SET refresh_token = ?, access_token = ?, access_expires_at = ? WHERE id = ?',
        tokens.refresh,
        tokens.access,
        tokens.accessExpiresAt,
        id,
      );
    }
    if (now - (row.seen_at as number) > seenEveryMs) {
      this.sql.exec('UPDATE sessions SET seen_at = ? WHERE id = ?', now, id);
    }
    return { email: row.email as string };
  }

  /** As `resume` left it: good for a minute at least. */
  accessToken(id: string): string | null {
    const [row] = this.sql.exec('SELECT access_token FROM sessions WHERE id = ?', id).toArray();
    return (row?.access_token as string | undefined) ?? null;
  }

  closeOthers(id: string): void {
    this.sql.exec('DELETE FROM sessions WHERE id <> ?', id);
  }

  closeAll(): string | null {
    const [row] = this.sql
      .exec('SELECT access_token FROM sessions ORDER BY access_expires_at DESC')
      .toArray();
    this.sql.exec('DELETE FROM sessions');
    return (row?.access_token as string | undefined) ?? null;
  }

  private close(id: string): null {
    this.sql.exec('DELETE FROM sessions WHERE id = ?', id);
    return null;
  }
}
