import { Hono } from 'hono';
import type { ModelsAnswer, Style } from '../../contract.ts';
import { asOf, catalogue, learntFrom } from '../catalogue/catalogue.ts';
import { replacementFor, today } from '../catalogue/learnt.ts';
import { promptStyles } from '../catalogue/styles.ts';
import type { AppEnv } from '../http/app.ts';
import { configured } from '../http/keys.ts';
import { house } from '../http/signing.ts';

export const models = new Hono<AppEnv>().get('/', async (c) => {
  const learnt = { ...(await house(c.env).modelStates()), ...learntFrom(c.env) };
  const keys = configured(c.env);
  const answer: ModelsAnswer = {
    models: catalogue.map((row) => {
      const model = asOf(row, today(), learnt[row.id]);
      const replacedBy = model.status === 'retired' ? replacementFor(model, learnt) : undefined;
      return {
        ...model,
        ...(replacedBy !== undefined && { replacedBy }),
        keyPresent: keys[model.vendor],
      };
    }),
    styles: Object.entries(promptStyles).map(([id, { title }]) => ({ id: id as Style, title })),
  };
  return c.json(answer);
});
