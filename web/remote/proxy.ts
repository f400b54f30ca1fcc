import type { HealthAnswer } from '../../edge-proxy/contract.ts';
import { fail, ok, type Result } from '../core/flow/result.ts';

/** Why the edge proxy gave no answer. The Workshop works without it. */
export type ProxyProblem =
  /** No network, or nothing listens there. */
  | { readonly kind: 'unreachable' }
  /** This site is served without the proxy. */
  | { readonly kind: 'absent' };

function isHealth(value: unknown): value is HealthAnswer {
  return (
    typeof value === 'object' &&
    value !== null &&
    'vendors' in value &&
    typeof value.vendors === 'object'
  );
}

/** Whether the edge proxy is up, and which vendors it has a key for (names only). */
export async function proxyHealth(
  base: string = import.meta.env.BASE_URL,
): Promise<Result<HealthAnswer, ProxyProblem>> {
  const answer = await fetch(`${base}api/health`).catch(() => null);
  if (!answer) return fail({ kind: 'unreachable' });
  // A site of plain files answers unknown addresses with its page, or with 404.
  const body: unknown = answer.ok ? await answer.json().catch(() => null) : null;
  return isHealth(body) ? ok(body) : fail({ kind: 'absent' });
}
