import { Hono } from 'hono';
import {
  type GenerationRequest,
  type GenerationsAnswer,
  type Style,
  styles,
  type Task,
  tasks,
} from '../../contract.ts';
import type { AppEnv } from '../http/app.ts';
import { readFields } from '../http/body.ts';
import { Refused } from '../http/problem.ts';
import { serveObject } from '../results/serve.ts';
import { submit } from './submit.ts';

const shape = {
  model: 'string',
  task: 'string',
  prompt: 'string?',
  style: 'string?',
  inputs: 'strings?',
  mask: 'string?',
  parameters: 'values?',
} as const;

export function isTask(text: unknown): text is Task {
  return (tasks as readonly unknown[]).includes(text);
}

async function readRequest(raw: Request): Promise<GenerationRequest> {
  const body = await readFields(raw, shape);
  if (!isTask(body.task) || body.task === 'assist') {
    throw new Refused('invalid_input', { field: 'task' });
  }
  if (body.style !== undefined && !styles.includes(body.style as Style)) {
    throw new Refused('invalid_input', { field: 'style' });
  }
  return body as unknown as GenerationRequest;
}

const id = '/:id{[0-9a-f-]{36}}';

export const generations = new Hono<AppEnv>()
  .post('/', async (c) => {
    const generation = await submit(c.env, c.var.visitor, c.req.raw, await readRequest(c.req.raw));
    return c.json(generation, 202, { location: `/api/generations/${generation.id}` });
  })
  .get('/', async (c) => {
    const limit = Math.min(200, Math.max(1, Number(c.req.query('limit') ?? 50) || 50));
    const before = Number(c.req.query('before')) || Number.MAX_SAFE_INTEGER;
    const list = await c.var.visitor.account.list(limit, before);
    return c.json({ generations: list } satisfies GenerationsAnswer);
  })
  .get('/events', async (c) => {
    const events = await c.var.visitor.account.fetch('https://account/events');
    return new Response(events.body, events);
  })
  .get(id, async (c) => {
    const found = await c.var.visitor.account.generation(c.req.param('id'));
    if (found === null) throw new Refused('not_found');
    return c.json(found);
  })
  .post(`${id}/cancel`, async (c) => {
    const found = await c.var.visitor.account.cancel(c.req.param('id'));
    if (found === null) throw new Refused('not_found');
    return c.json(found);
  })
  .get(`${id}/outputs/:n{[0-9]{1,2}}`, async (c) => {
    const kept = await c.var.visitor.account.output(c.req.param('id'), Number(c.req.param('n')));
    if (kept === null) throw new Refused('not_found');
    return serveObject(c.env, kept.key, c.req.raw);
  });
