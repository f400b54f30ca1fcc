/** What every handler gets. */
import type { Account } from '../account.ts';

export interface Visitor {
  readonly email: string;
  readonly account: DurableObjectStub<Account>;
}

export interface AppEnv {
  Bindings: Env;
  Variables: { visitor: Visitor };
}

/** The visitor's address as Cloudflare saw it; local runs have none. */
export function addressOf(request: Request): string {
  return request.headers.get('cf-connecting-ip') ?? 'local';
}
