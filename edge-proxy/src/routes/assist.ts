import { Hono } from 'hono';
import { type ErrorCode, errorCodes, type GenerationRequest } from '../../contract.ts';
import type { AppEnv, Visitor } from '../http/app.ts';
import { readFields } from '../http/body.ts';
import { Refused } from '../http/problem.ts';
import {
  explainPrompt,
  improvePrompt,
  readExplanation,
  readImprovement,
} from '../vendors/assist.ts';
import { isTask } from './generations.ts';
import { submit } from './submit.ts';

const model = 'claude-sonnet';
const waitMs = 60_000;
const mostPrompt = 4000;

function checkPrompt(prompt: string): void {
  if (prompt.trim() === '' || prompt.length > mostPrompt) {
    throw new Refused('invalid_input', { field: 'prompt' });
  }
}

/** A paid call like any other, but the caller waits for the words. */
async function ask(
  env: Env,
  visitor: Visitor,
  raw: Request,
  request: GenerationRequest,
): Promise<string> {
  const done = await submit(env, visitor, raw, request, waitMs);
  if (done.state !== 'succeeded') {
    const { code, field, retryAfterMs } = done.error ?? { code: 'provider_unavailable' as const };
    throw new Refused(code, { ...(field && { field }), ...(retryAfterMs && { retryAfterMs }) });
  }
  const kept = await visitor.account.output(done.id, 0);
  const object = kept === null ? null : await env.FILES.get(kept.key);
  if (object === null) throw new Refused('not_found');
  return object.text();
}

export const prompts = new Hono<AppEnv>().post('/improve', async (c) => {
  const body = await readFields(c.req.raw, { prompt: 'string', task: 'string', image: 'string?' });
  if (!isTask(body.task)) throw new Refused('invalid_input', { field: 'task' });
  const prompt = body.prompt as string;
  checkPrompt(prompt);
  const image = body.image as string | undefined;
  const said = await ask(c.env, c.var.visitor, c.req.raw, {
    model,
    task: 'assist',
    prompt: improvePrompt(prompt, body.task, image !== undefined),
    ...(image !== undefined && { inputs: [image] }),
  });
  const answer = readImprovement(said);
  if (answer === null) throw new Refused('provider_failed');
  return c.json(answer);
});

export const problems = new Hono<AppEnv>().post('/explain', async (c) => {
  const body = await readFields(c.req.raw, { code: 'string', prompt: 'string', task: 'string' });
  if (!isTask(body.task)) throw new Refused('invalid_input', { field: 'task' });
  if (!errorCodes.includes(body.code as ErrorCode)) {
    throw new Refused('invalid_input', { field: 'code' });
  }
  const prompt = body.prompt as string;
  checkPrompt(prompt);
  const said = await ask(c.env, c.var.visitor, c.req.raw, {
    model,
    task: 'assist',
    prompt: explainPrompt(body.code as string, prompt, body.task),
  });
  const answer = readExplanation(said);
  if (answer === null) throw new Refused('provider_failed');
  return c.json(answer);
});
