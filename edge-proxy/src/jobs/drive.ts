/**
 * Takes one job one step further. Whatever a step learns is written in one transaction before the
 * next thing leaves, so that a process may die at any await and a later one goes on from the row.
 */
import type { Learnt } from '../catalogue/catalogue.ts';
import { isOver, type Job, type Kept } from '../ledger/job.ts';
import type { Changes, Ledger } from '../ledger/ledger.ts';
import { debit } from '../ledger/machine.ts';
import type { Answer, VendorRef } from '../vendors/adapter.ts';
import { applyAnswer, tellHouseWithin } from './apply.ts';
import type { Ports } from './ports.ts';

/** A lost call is looked for after these delays; the last one repeats until `giveUpAfter`. */
const searchDelays = [5_000, 30_000, 150_000] as const;
/** A vendor's list is believed to be complete about calls this old. */
const listSettledAfter = 150_000;
/** Replicate forgets calls after an hour, so nothing is learnt later. */
const giveUpAfter = 50 * 60_000;
/** While a call is out, the row comes up again this often: a later life notices it is an orphan. */
const watchEvery = 30_000;
const retryAfterBug = 10_000;

export class Driver {
  private readonly ledger: Ledger;
  private readonly ports: Ports;
  private readonly changed: (job: Job) => void;
  /** Calls whose answer this life of the process is waiting for. */
  private readonly inFlight = new Set<string>();
  /** News (a webhook, a cancel) that came in while a step was under way. */
  private readonly askedAgain = new Set<string>();

  constructor(ledger: Ledger, ports: Ports, changed: (job: Job) => void) {
    this.ledger = ledger;
    this.ports = ports;
    this.changed = changed;
  }

  /** Every due job, side by side. */
  async runDue(): Promise<void> {
    const due = this.ledger.due(this.ports.now());
    await Promise.all(due.map((job) => this.step(job.id)));
  }

  /** One step of one job. Asked for while one runs, another follows it. */
  async step(id: string): Promise<void> {
    if (this.inFlight.has(id)) {
      this.askedAgain.add(id);
      this.ledger.change(id, { nextAt: this.ports.now() + watchEvery }, this.ports.now());
      return;
    }
    this.inFlight.add(id);
    try {
      const before = this.ledger.get(id);
      if (before !== null) await this.advance(before);
      const after = this.ledger.get(id);
      if (after !== null && isOver(after.state)) {
        // Whoever waits need not wait for our bookkeeping.
        this.changed(after);
        await this.tellHouse(after);
      }
    } catch {
      this.ledger.change(id, { nextAt: this.ports.now() + retryAfterBug }, this.ports.now());
    } finally {
      this.inFlight.delete(id);
      const last = this.ledger.get(id);
      if (last !== null) this.changed(last);
    }
    if (this.askedAgain.delete(id)) await this.step(id);
  }

  /**
   * A vendor reports that it has news about `id`. The report itself proves nothing about money or
   * results: it names the vendor's id and the next step asks the vendor.
   * @returns false when this message was dealt with before or there is no such job.
   */
  hear(id: string, messageId: string, ref: VendorRef): boolean {
    const now = this.ports.now();
    const job = this.ledger.get(id);
    if (job === null || !this.ledger.firstDelivery(messageId, now)) return false;
    // Another call of the vendor's under our job's address: not ours.
    if (job.ref !== null && job.ref.id !== ref.id) return false;
    // An end is final, except one that was declared without the vendor's word.
    const guessed = job.state === 'unknown' || job.ref === null;
    if (isOver(job.state) && (!guessed || job.payment === 'settled')) return true;
    if (job.payment === 'reserved' || job.sentAt === null) return true;
    const news: Changes = {
      ref: job.ref ?? ref,
      state: 'running',
      problem: null,
      houseTold: false,
      nextAt: now,
    };
    // A released call of which the vendor knows: only asking tells whether it was billed.
    if (this.ledger.learn(id, 'accepted', news, now) === null) this.ledger.change(id, news, now);
    return true;
  }

  /** Asks for the end of a job. @returns false when it is over already. */
  cancel(id: string): boolean {
    const job = this.ledger.get(id);
    if (job === null || isOver(job.state)) return false;
    this.ledger.change(id, { cancelAsked: true, nextAt: this.ports.now() }, this.ports.now());
    return true;
  }

  private advance(job: Job): Promise<void> {
    if (isOver(job.state)) return Promise.resolve();
    switch (job.payment) {
      case 'reserved':
        return this.send(job);
      case 'sent':
        return job.ref === null ? this.mourn(job) : this.ask(job);
      case 'unknown':
        return this.search(job);
      case 'settled':
      case 'released':
        return job.ref === null ? this.recover(job) : this.ask(job);
    }
  }

  private async send(job: Job): Promise<void> {
    const { ledger, ports } = this;
    if (job.cancelAsked) {
      ledger.learn(job.id, 'not-charged', this.over({ state: 'canceled' }), ports.now());
      return;
    }
    if (!job.admitted) {
      const why = await ports.admit(job);
      if (why !== null) {
        ledger.learn(
          job.id,
          'not-charged',
          { ...this.over({ state: 'failed', problem: why }), houseTold: true, nextAt: null },
          ports.now(),
        );
        return;
      }
    }
    const now = ports.now();
    const sent = ledger.learn(
      job.id,
      'send',
      { admitted: true, sentAt: now, attempts: job.attempts + 1, nextAt: now + watchEvery },
      now,
    );
    if (sent === null) return;
    this.changed(sent);
    await this.take(sent, await ports.start(sent));
  }

  /** The process died between sending and hearing: the call must not be sent again. */
  private async mourn(job: Job): Promise<void> {
    const lost = this.ledger.learn(
      job.id,
      'lost',
      { nextAt: this.ports.now() + this.ports.wait(searchDelays[0]) },
      this.ports.now(),
    );
    if (lost !== null) await this.recoverStored(lost);
  }

  private async ask(job: Job): Promise<void> {
    const { ports } = this;
    // Put off first: should this life end here, another look is already booked.
    this.ledger.change(job.id, { nextAt: ports.now() + ports.pollEveryMs(job) }, ports.now());
    if (job.cancelAsked && job.payment === 'sent') await ports.cancel(job, job.ref!);
    await this.take(job, await ports.poll(job, job.ref!));
  }

  private async search(job: Job): Promise<void> {
    const { ledger, ports } = this;
    const age = ports.now() - (job.sentAt ?? job.createdAt);
    const delay = searchDelays.find((ms) => ports.wait(ms) > age) ?? giveUpAfter / 10;
    ledger.change(job.id, { nextAt: ports.now() + ports.wait(delay) }, ports.now());
    if (await this.recoverStored(job)) return;
    const found = await ports.find(job, ledger.refsOf(job.vendor));
    const now = ports.now();
    // A webhook may have been quicker than the list.
    if (ledger.get(job.id)?.payment !== 'unknown') return;
    if (found.kind === 'found') {
      ledger.learn(job.id, 'accepted', { ref: found.ref, state: 'running', nextAt: now }, now);
    } else if (found.kind === 'absent' && age >= listSettledAfter) {
      const problem = { code: 'provider_unavailable' } as const;
      ledger.learn(job.id, 'not-charged', this.over({ state: 'failed', problem }), now);
    } else if (found.kind === 'cannot' || age >= giveUpAfter) {
      const problem = { code: 'ambiguous' } as const;
      ledger.change(job.id, this.over({ state: 'unknown', problem }), now);
    }
  }

  /** Paid, but the way to the result went down with the process. */
  private async recover(job: Job): Promise<void> {
    if (await this.recoverStored(job)) return;
    const problem = { code: 'ambiguous' } as const;
    this.ledger.change(job.id, this.over({ state: 'failed', problem }), this.ports.now());
  }

  private async recoverStored(job: Job): Promise<boolean> {
    const kept = await this.ports.stored(job);
    if (kept.length === 0) return false;
    const now = this.ports.now();
    this.ledger.learn(job.id, 'charged', { settledMicros: job.reservedMicros }, now);
    this.ledger.change(job.id, this.over({ state: 'succeeded', outputs: kept }), now);
    return true;
  }

  private async take(job: Job, answer: Answer): Promise<void> {
    // The copy starts in the same turn as the write: it need not wait until that is confirmed, and
    // a life that ends between finds the copy as proof of the charge.
    const copying = answer.kind === 'done' ? this.ports.keep(job, answer.outputs) : null;
    copying?.catch(() => {});
    applyAnswer(this.ledger, this.ports, job.id, answer);
    if (copying !== null) await this.settle(job, copying);
    const learnt = lessonOf(job, answer);
    if (learnt !== null) await this.ports.learnModel(job, learnt);
  }

  private async settle(job: Job, copying: Promise<readonly Kept[]>): Promise<void> {
    try {
      const kept = await copying;
      this.ledger.change(
        job.id,
        this.over({ state: 'succeeded', outputs: kept }),
        this.ports.now(),
      );
    } catch {
      this.afterFailedCopy(job);
    }
  }

  private afterFailedCopy(job: Job): void {
    const now = this.ports.now();
    const present = this.ledger.get(job.id);
    const late = now - (job.sentAt ?? job.createdAt) > giveUpAfter;
    if (present?.ref && !late) return;
    const problem = { code: 'ambiguous' } as const;
    this.ledger.change(job.id, this.over({ state: 'failed', problem }), now);
  }

  private async tellHouse(job: Job): Promise<void> {
    const { ledger, ports } = this;
    if (job.houseTold) {
      if (job.nextAt !== null) ledger.change(job.id, { nextAt: null }, ports.now());
      return;
    }
    const now = ports.now();
    if (job.nextAt === null || job.nextAt <= now) {
      ledger.change(job.id, { nextAt: now + tellHouseWithin }, now);
    }
    await ports.settleHouse(job.id, debit(job.payment, job.reservedMicros, job.settledMicros));
    const present = ledger.get(job.id);
    // Later evidence about money clears `houseTold` again; only then is there more to tell.
    if (present?.payment !== job.payment || present.settledMicros !== job.settledMicros) return;
    ledger.change(job.id, { houseTold: true, nextAt: null }, ports.now());
  }

  /** The end of a job: what it was asked is forgotten, the house is told next. */
  private over(changes: Changes): Changes {
    const nextAt = this.ports.now() + tellHouseWithin;
    return { ...changes, request: null, houseTold: false, nextAt };
  }
}

/** What an answer says about the model itself. A refused look at a call that was taken says nothing. */
function lessonOf(job: Job, answer: Answer): Learnt | null {
  if (answer.kind === 'done') return answer.model ?? null;
  const gone = answer.kind === 'refused' && answer.code === 'model_gone' && job.ref === null;
  return gone ? { status: 'retired' } : null;
}
