/** What every handler gets. */
import type { Account } from '../account.ts';

export interface Visitor {
  /** Empty while the session is unproven. */
  readonly email: string;
  readonly account: DurableObjectStub<Account>;
  /** A session that the account has still to accept; null: it has. */
  readonly unproven: string | null;
}

export interface AppEnv {
  Bindings: Env;
  Variables: { visitor: Visitor };
}

/** The visitor's address as Cloudflare saw it; local runs have none. */
export function addressOf(request: Request): string {
  return request.headers.get('cf-connecting-ip') ?? 'local';
}
