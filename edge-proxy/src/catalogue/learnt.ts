/** What was learnt about models since the catalogue was written, and what to use instead. */
import type { Model } from '../../contract.ts';
import { house } from '../http/signing.ts';
import { asOf, catalogue, findModel, type Learnt, learntFrom } from './catalogue.ts';

type Table = Readonly<Record<string, Learnt>>;

/** The house is asked at most this often per isolate; it has the last word before a call leaves. */
const learntForMs = 60_000;
let known: { readonly at: number; readonly table: Table } | null = null;

/** Vendors' word, overruled by settings. */
export async function learntTable(env: Env): Promise<Table> {
  if (known === null || Date.now() - known.at > learntForMs) {
    known = { at: Date.now(), table: await house(env).modelStates() };
  }
  return { ...known.table, ...learntFrom(env) };
}

/** Forgets what was learnt; the next call looks again. */
export function forgetLearnt(): void {
  known = null;
}

/** @returns today, UTC, as `YYYY-MM-DD`. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/**
 * What to use instead of a model that has ended: the row's own successor while it lives, else a
 * living row that does the same, of the same vendor if there is one.
 */
export function replacementFor(model: Model, learnt: Table = {}): string | undefined {
  const day = today();
  const lives = (row: Model): boolean =>
    row.id !== model.id && asOf(row, day, learnt[row.id]).status === 'active';
  const named = model.replacedBy === undefined ? null : findModel(model.replacedBy);
  if (named !== null && lives(named)) return named.id;
  const fits = (row: Model): boolean =>
    row.output === model.output &&
    (row.mask === 'none') === (model.mask === 'none') &&
    row.tasks.includes(model.tasks[0]!) &&
    lives(row);
  const near = catalogue.find((row) => row.vendor === model.vendor && fits(row));
  return (near ?? catalogue.find(fits))?.id ?? model.replacedBy;
}
