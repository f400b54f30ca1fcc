/** Health, usage, shares and feedback: routes of a few lines each. */
import { Hono } from 'hono';
import type { HealthAnswer, ShareAnswer } from '../../contract.ts';
import { isAuthOff } from '../auth/guard.ts';
import type { AppEnv } from '../http/app.ts';
import { readFields } from '../http/body.ts';
import { configured } from '../http/keys.ts';
import { Refused } from '../http/problem.ts';
import { house, isSigned, sign } from '../http/signing.ts';
import { toCsv } from '../ledger/usage.ts';
import { mailFeedback } from '../results/mail.ts';
import { presignedShare } from '../results/presign.ts';
import { serveObject } from '../results/serve.ts';

const shareMs = 3_600_000;
const mostFeedback = 5000;

export const health = new Hono<AppEnv>().get('/', async (c) => {
  const storage = await c.env.FILES.head('health').then(
    () => true,
    () => false,
  );
  const answer: HealthAnswer = {
    ok: storage,
    auth: isAuthOff(c.env, c.req.raw) ? 'off' : 'cognito',
    storage,
    vendors: configured(c.env),
  };
  return c.json(answer);
});

export const usage = new Hono<AppEnv>().get('/', async (c) => {
  const answer = await c.var.visitor.account.usage();
  const csv = c.req.query('format') === 'csv' || c.req.header('accept') === 'text/csv';
  if (!csv) return c.json(answer);
  return c.body(toCsv(answer.rows), 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="usage.csv"',
  });
});

export const shares = new Hono<AppEnv>()
  .post('/', async (c) => {
    const body = await readFields(c.req.raw, { generation: 'string', output: 'number' });
    const { account } = c.var.visitor;
    const kept = await account.output(body.generation as string, body.output as number);
    if (kept === null) throw new Refused('not_found');
    const expiresAt = Date.now() + shareMs;
    const own = async (): Promise<string> => {
      const token = `${kept.key.replaceAll('/', '.')}.${expiresAt}`;
      return `${new URL(c.req.url).origin}/api/shares/${token}.${await sign(c.env, 'share', token)}`;
    };
    const url = (await presignedShare(c.env, kept, shareMs / 1000)) ?? (await own());
    return c.json({ url, expiresAt } satisfies ShareAnswer, 201);
  })
  .get('/:token', async (c) => {
    const found = /^(results\.[0-9a-f-]{36}\.\d{1,2}\.(\d{13}))\.([\w-]{43})$/.exec(
      c.req.param('token'),
    );
    const [, token = '', until, mac = ''] = found ?? [];
    const genuine = found !== null && (await isSigned(c.env, 'share', token, mac));
    if (!genuine || !(Number(until) > Date.now())) throw new Refused('forbidden');
    return serveObject(c.env, token.split('.').slice(0, 3).join('/'), c.req.raw);
  });

export const feedback = new Hono<AppEnv>().post('/', async (c) => {
  const body = await readFields(c.req.raw, { text: 'string', page: 'string?' });
  const text = (body.text as string).trim();
  if (text === '' || text.length > mostFeedback)
    throw new Refused('invalid_input', { field: 'text' });
  const page = (body.page as string | undefined)?.slice(0, 200) ?? null;
  const { email } = c.var.visitor;
  await house(c.env).storeFeedback(email, text, page);
  c.executionCtx.waitUntil(mailFeedback(c.env, email, text, page));
  return c.body(null, 204);
});
