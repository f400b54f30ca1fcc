/** The edge proxy: every route on one screen. `contract.ts` says what goes in and comes out. */
import { Hono } from 'hono';
import { Account } from './account.ts';
import { guard } from './auth/guard.ts';
import { today } from './catalogue/learnt.ts';
import { checkLifecycle } from './catalogue/lifecycle.ts';
import { House } from './house.ts';
import type { AppEnv } from './http/app.ts';
import { safeHeaders } from './http/headers.ts';
import { noteRefusal } from './http/log.ts';
import { answerProblem, Refused } from './http/problem.ts';
import { expireFiles } from './results/expire.ts';
import { problems, prompts } from './routes/assist.ts';
import { generations } from './routes/generations.ts';
import { models } from './routes/models.ts';
import { session } from './routes/session.ts';
import { feedback, health, shares, usage } from './routes/small.ts';
import { uploads } from './routes/uploads.ts';
import { webhooks } from './webhooks/route.ts';

const app = new Hono<AppEnv>()
  .use('*', safeHeaders)
  .use('*', guard)
  .route('/api/health', health)
  .route('/api/session', session)
  .route('/api/models', models)
  .route('/api/uploads', uploads)
  .route('/api/generations', generations)
  .route('/api/prompts', prompts)
  .route('/api/errors', problems)
  .route('/api/usage', usage)
  .route('/api/webhooks', webhooks)
  .route('/api/shares', shares)
  .route('/api/feedback', feedback)
  .notFound(() => answerProblem({ code: 'not_found' }))
  .onError((error, c) => {
    if (error instanceof Refused) {
      noteRefusal(error, c.req.method, c.req.routePath);
      return answerProblem(error.problem);
    }
    // The name only: messages may hold what a user or a vendor wrote.
    console.error('unexpected', error.name);
    return answerProblem({ code: 'internal' });
  });

// Workers finds the classes of Durable Objects among the exports of this file.
export { Account, House };

export default {
  fetch: app.fetch,
  async scheduled(_controller, env) {
    await checkLifecycle(env, today());
    await expireFiles(env, Date.now());
  },
} satisfies ExportedHandler<Env>;
