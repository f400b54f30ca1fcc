/** Replicate's signing secret: from the settings, else asked for once per isolate. */

import { wireTo } from '../http/wire.ts';
import { awsRegion } from '../settings.ts';
import { at, readJson, text } from '../vendors/reading.ts';

let asked: { readonly token: string; readonly secret: string } | null = null;

/** @returns `whsec_…`, or null when Replicate is not configured or does not answer. */
export async function replicateSecret(env: Env): Promise<string | null> {
  if (env.REPLICATE_WEBHOOK_SECRET) return env.REPLICATE_WEBHOOK_SECRET;
  const token = env.REPLICATE_API_TOKEN;
  if (!token) return null;
  if (asked?.token === token) return asked.secret;
  const wire = wireTo(env, 'replicate', { region: awsRegion(env), webhookSecret: null });
  try {
    const response = await wire.ask({ method: 'GET', path: '/v1/webhooks/default/secret' });
    const secret = response.ok ? text(at(await readJson(response), 'key')) : undefined;
    if (secret === undefined) return null;
    asked = { token, secret };
    return secret;
  } catch {
    return null;
  }
}
