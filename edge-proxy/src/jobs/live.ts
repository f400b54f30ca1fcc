/** The driver's ports in the real world. */

import { findModel } from '../catalogue/catalogue.ts';
import { checkRequest } from '../catalogue/check.ts';
import { forgetLearnt, learntTable, today } from '../catalogue/learnt.ts';
import { styledPrompt } from '../catalogue/styles.ts';
import { house, sign } from '../http/signing.ts';
import { type TrackedWire, Unsent, wireTo } from '../http/wire.ts';
import type { Job } from '../ledger/job.ts';
import { BadMask } from '../masks/png.ts';
import { keepResults, storedResults } from '../results/keep.ts';
import { awsRegion, paceOf, publicOrigin } from '../settings.ts';
import type { Answer, Call, Input } from '../vendors/adapter.ts';
import { adapterOf, pollEveryMs } from '../vendors/vendors.ts';
import type { Ports } from './ports.ts';

export interface UploadRow {
  readonly type: string;
  readonly bytes: number;
}

/** Signed address of an upload for an hour from now, or null when nobody outside can reach it. */
export async function uploadUrl(
  env: Env,
  id: string,
  origin: string | null,
): Promise<string | null> {
  if (origin === null) return null;
  const until = Date.now() + 3_600_000;
  return `${origin}/api/uploads/${id}?until=${until}&mac=${await sign(env, 'upload', `${id}.${until}`)}`;
}

export function livePorts(
  env: Env,
  accountId: string,
  uploadOf: (id: string) => UploadRow | null,
): Ports {
  const pace = paceOf(env);
  const wire = (job: Job): TrackedWire =>
    wireTo(env, job.vendor, {
      region: awsRegion(env),
      webhookSecret: env.BFL_WEBHOOK_SECRET ?? null,
    });

  async function inputOf(id: string): Promise<Input> {
    const row = uploadOf(id);
    // Asked before anything is sent: uploads live a day, the list of them longer.
    if (row === null || (await env.FILES.head(`uploads/${id}`)) === null) {
      throw new Error('upload is gone');
    }
    return {
      ...row,
      url: await uploadUrl(env, id, publicOrigin(env)),
      async open() {
        const object = await env.FILES.get(`uploads/${id}`);
        if (object === null) throw new Error('upload is gone');
        return object.body;
      },
    };
  }

  async function callOf(job: Job): Promise<Call> {
    const model = findModel(job.model);
    const { request } = job;
    if (model === null || request === null) throw new Error('nothing to send');
    const checked = checkRequest(model, request);
    if (!checked.ok) throw new Error('request no longer fits its model');
    const origin = publicOrigin(env);
    const token = `${accountId}.${job.id}`;
    return {
      id: job.id,
      model,
      request,
      prompt: styledPrompt(request.prompt ?? '', request.style),
      parameters: checked.parameters,
      inputs: await Promise.all((request.inputs ?? []).map(inputOf)),
      mask: request.mask === undefined ? null : await inputOf(request.mask),
      reservedMicros: job.reservedMicros,
      webhookUrl:
        origin === null
          ? null
          : `${origin}/api/webhooks/${job.vendor}?job=${token}.${await sign(env, 'webhook', token)}`,
    };
  }

  /** Bugs and broken bodies after the call left are lost answers; before it, plain refusals. */
  async function guarded(out: TrackedWire, work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Unsent && !out.posted()) {
        return { kind: 'refused', code: error.code, retryAfterMs: error.retryAfterMs };
      }
      if (out.posted()) return { kind: 'lost' };
      if (error instanceof BadMask)
        return { kind: 'refused', code: 'invalid_input', field: 'mask' };
      console.error('call not sent', error instanceof Error ? error.name : 'unknown');
      return { kind: 'refused', code: 'invalid_input', field: 'inputs' };
    }
  }

  return {
    now: () => Date.now(),
    random: () => Math.random(),
    admit: (job) =>
      house(env).admit({
        id: job.id,
        micros: job.reservedMicros,
        address: job.address,
        model: job.model,
      }),
    settleHouse: (id, micros) => house(env).settle(id, micros),
    async start(job) {
      const out = wire(job);
      return guarded(out, async () => {
        const adapter = await adapterOf(env, job.vendor);
        return adapter.start(await callOf(job), out);
      });
    },
    async poll(job, ref) {
      const model = findModel(job.model);
      const adapter = await adapterOf(env, job.vendor);
      if (model === null || adapter.poll === undefined) return { kind: 'forgotten' };
      try {
        return await adapter.poll(ref, { model }, wire(job));
      } catch {
        return { kind: 'lost' };
      }
    },
    async cancel(job, ref) {
      try {
        const adapter = await adapterOf(env, job.vendor);
        await adapter.cancel?.(ref, wire(job));
      } catch {
        // The next look at the job asks again.
      }
    },
    async find(job, taken) {
      const adapter = await adapterOf(env, job.vendor);
      if (adapter.find === undefined) return { kind: 'cannot' };
      try {
        return await adapter.find(await callOf(job), job.sentAt ?? job.createdAt, wire(job), taken);
      } catch {
        return { kind: 'unreadable' };
      }
    },
    keep: (job, outputs) => keepResults(env, job.vendor, job.id, outputs),
    stored: (job) => storedResults(env, job.id),
    async learnModel(job, learnt) {
      // One's own generator has no end of life: what it does not know is a deployment's matter.
      if (job.vendor === 'self-hosted') return;
      const known = (await learntTable(env))[job.model];
      if (known?.status === learnt.status && known.retiresOn === learnt.retiresOn) return;
      await house(env).learnModel(job.model, { ...learnt, checkedOn: today() });
      forgetLearnt();
    },
    pollEveryMs: (job) =>
      pace * pollEveryMs(job.vendor, Date.now() - (job.sentAt ?? job.createdAt)),
    wait: (ms) => pace * ms,
  };
}
