/** From a request to a reserved, running job. Used by every route that pays. */
import type { Generation, GenerationRequest } from '../../contract.ts';
import { asOf, findModel } from '../catalogue/catalogue.ts';
import { checkRequest } from '../catalogue/check.ts';
import { learntTable, replacementFor, today } from '../catalogue/learnt.ts';
import { reserveFor } from '../catalogue/price.ts';
import type { Visitor } from '../http/app.ts';
import { addressOf } from '../http/app.ts';
import { toBase64Url } from '../http/base64.ts';
import { configured } from '../http/keys.ts';
import { Refused } from '../http/problem.ts';

async function hashOf(request: GenerationRequest): Promise<string> {
  const sorted = JSON.stringify(request, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(sorted));
  return toBase64Url(new Uint8Array(digest));
}

function keyOf(request: Request): string {
  const key = request.headers.get('idempotency-key') ?? '';
  if (!/^[\w-]{16,64}$/.test(key)) throw new Refused('invalid_input', { field: 'idempotency-key' });
  return key;
}

/** RFC 7240 `Prefer: wait=n`: how long the caller holds the line, at most a minute. */
function waitOf(request: Request): number {
  const found = /(?:^|,)\s*wait=(\d{1,3})\s*(?:,|$)/.exec(request.headers.get('prefer') ?? '');
  return found === null ? 0 : Math.min(60, Number(found[1])) * 1000;
}

/** @throws Refused for everything that is decided before money moves. */
export async function submit(
  env: Env,
  visitor: Visitor,
  raw: Request,
  request: GenerationRequest,
  waitMs = waitOf(raw),
): Promise<Generation> {
  const key = keyOf(raw);
  const found = findModel(request.model);
  if (found === null) throw new Refused('invalid_input', { field: 'model' });
  const learnt = await learntTable(env);
  const model = asOf(found, today(), learnt[found.id]);
  if (model.status === 'retired') {
    const replacedBy = replacementFor(model, learnt);
    throw new Refused('model_gone', replacedBy === undefined ? {} : { replacedBy });
  }
  const checked = checkRequest(model, request);
  if (!checked.ok) throw new Refused('invalid_input', { field: checked.field });
  if (!configured(env)[model.vendor]) throw new Refused('not_configured');
  const inputs = request.inputs?.length ?? 0;
  const promptLength = request.prompt?.length ?? 0;
  const answer = await visitor.account.submit(
    {
      id: crypto.randomUUID(),
      key,
      requestHash: await hashOf(request),
      request,
      vendor: model.vendor,
      address: addressOf(raw),
      reservedMicros: reserveFor(model, checked.parameters, inputs, promptLength),
      estimate: model.price.estimate,
    },
    waitMs,
    visitor.unproven,
  );
  switch (answer.kind) {
    case 'signed-out':
      throw new Refused('signed_out');
    case 'taken':
      return answer.generation;
    case 'key-reused':
      throw new Refused('conflict', { field: 'idempotency-key' });
    case 'refused': {
      const { code, ...more } = answer.why;
      throw new Refused(code, more);
    }
    case 'no-such-upload':
      throw new Refused('invalid_input', { field: 'inputs' });
  }
}
