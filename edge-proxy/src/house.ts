/** The one Durable Object of the installation: total budget, addresses, model states, feedback. */
import { DurableObject } from 'cloudflare:workers';
import { asOf, findModel, type Learnt, learntFrom } from './catalogue/catalogue.ts';
import { today } from './catalogue/learnt.ts';
import { toBase64 } from './http/base64.ts';
import { HouseLedger } from './ledger/house.ts';
import type { JobProblem } from './ledger/job.ts';
import { isAllowed, limitsOf } from './settings.ts';

const signInWindowMs = 15 * 60_000;
const signInTries = 10;

export class House extends DurableObject<Env> {
  private readonly ledger: HouseLedger;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.ledger = new HouseLedger(state.storage);
  }

  /** The last check before a call leaves: isolates may not know yet that its model has ended. */
  admit(call: { id: string; micros: number; address: string; model: string }): JobProblem | null {
    const model = findModel(call.model);
    const learnt = learntFrom(this.env)[call.model] ?? this.modelStates()[call.model];
    if (model !== null && asOf(model, today(), learnt).status === 'retired') {
      return { code: 'model_gone' };
    }
    const allowed = isAllowed(this.env, call.address);
    return this.ledger.admit(call, limitsOf(this.env), allowed, Date.now());
  }

  settle(id: string, micros: number): void {
    this.ledger.settle(id, micros, Date.now());
  }

  /** Counts a sign-in attempt from an address. @returns ms to wait, 0 when it may go on. */
  knock(address: string): number {
    return this.ledger.knock(address, signInTries, signInWindowMs, Date.now());
  }

  /** Base64 of the 32 bytes that sign our own tokens; made on first use. */
  secret(): string {
    const { kv } = this.ctx.storage;
    const known = kv.get<string>('secret');
    if (known !== undefined) return known;
    const made = toBase64(crypto.getRandomValues(new Uint8Array(32)));
    kv.put('secret', made);
    return made;
  }

  /** What vendors told about their models since the catalogue was written. */
  modelStates(): Record<string, Learnt> {
    const rows = this.ctx.storage.sql.exec('SELECT * FROM model_states').toArray();
    return Object.fromEntries(
      rows.map((row) => [
        row.model as string,
        {
          status: row.status as Learnt['status'],
          ...(row.retires_on !== null && { retiresOn: row.retires_on as string }),
          checkedOn: row.checked_on as string,
        },
      ]),
    );
  }

  learnModel(model: string, learnt: Learnt & { checkedOn: string }): void {
    this.ctx.storage.sql.exec(
      'INSERT OR REPLACE INTO model_states VALUES (?, ?, ?, ?)',
      model,
      learnt.status,
      learnt.retiresOn ?? null,
      learnt.checkedOn,
    );
  }

  /** Back to what the catalogue says. */
  forgetModel(model: string): void {
    this.ctx.storage.sql.exec('DELETE FROM model_states WHERE model = ?', model);
  }

  storeFeedback(subject: string, text: string, page: string | null): void {
    this.ctx.storage.sql.exec(
      'INSERT INTO feedback VALUES (?, ?, ?, ?, ?)',
      crypto.randomUUID(),
      subject,
      text,
      page,
      Date.now(),
    );
  }
}
