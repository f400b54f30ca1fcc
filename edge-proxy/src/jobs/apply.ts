/** Writes what a vendor's answer teaches: money and state in one transaction. */
import type { Job, JobProblem } from '../ledger/job.ts';
import type { Changes, Ledger } from '../ledger/ledger.ts';
import type { Answer } from '../vendors/adapter.ts';
import type { Ports } from './ports.ts';

/** A call that the vendor turned away (429) goes out this many times at most. */
const mostAttempts = 4;
/** How long a job may run at a vendor before we stop asking. */
const mostRunning = 40 * 60_000;
/** The end of a job is told to the house at once; should this life end first, after this long. */
export const tellHouseWithin = 10_000;

/** Exponential back-off with full jitter, never less than the vendor asked for. */
function retryDelay(attempts: number, askedMs: number | undefined, random: number): number {
  const ceiling = Math.min(60_000, 1000 * 2 ** attempts);
  return Math.max(askedMs ?? 0, 500) + Math.floor(random * ceiling);
}

/** Writes what the answer says; results that it names are the caller's to copy. */
export function applyAnswer(ledger: Ledger, ports: Ports, id: string, answer: Answer): void {
  const now = ports.now();
  // Read again: a webhook may have come in while the answer was on its way.
  const job = ledger.get(id)!;
  const end = (state: Job['state'], problem: JobProblem | null): Changes => ({
    state,
    problem,
    request: null,
    houseTold: false,
    nextAt: now + tellHouseWithin,
  });
  const bill = (charged: boolean, micros: number | undefined, changes: Changes): void => {
    const figure = { settledMicros: micros ?? job.reservedMicros, ...known(micros) };
    const money = charged
      ? ledger.learn(job.id, 'charged', { ...changes, ...figure }, now)
      : ledger.learn(job.id, 'not-charged', changes, now);
    // The money was settled before (a copy that is tried again): only the rest changes.
    if (money === null) ledger.change(job.id, changes, now);
  };

  switch (answer.kind) {
    case 'accepted': {
      const nextAt = now + ports.pollEveryMs(job);
      ledger.learn(job.id, 'accepted', { ref: answer.ref, state: 'running', nextAt }, now);
      return;
    }
    case 'running': {
      const tooLong = now - (job.sentAt ?? job.createdAt) > mostRunning;
      if (!tooLong) {
        ledger.change(job.id, { state: 'running', progress: answer.progress ?? null }, now);
        return;
      }
      ledger.learn(job.id, 'lost', {}, now);
      ledger.change(job.id, end('unknown', { code: 'ambiguous' }), now);
      return;
    }
    case 'done':
      bill(true, answer.micros, {
        state: 'running',
        ...(answer.seed === undefined ? {} : { seed: answer.seed }),
      });
      return;
    case 'moderated':
      bill(answer.charged, answer.micros, end('moderated', { code: 'moderated' }));
      return;
    case 'failed':
      bill(answer.charged, answer.micros, end('failed', { code: 'provider_failed' }));
      return;
    case 'canceled':
      bill(answer.charged, answer.micros, end('canceled', null));
      return;
    case 'refused':
      refuse(ledger, ports, job, answer, end);
      return;
    case 'forgotten':
    case 'lost':
      lose(ledger, ports, job, answer.kind, end);
      return;
  }
}

const known = (micros: number | undefined): Changes =>
  micros === undefined ? {} : { estimate: false };

type End = (state: Job['state'], problem: JobProblem | null) => Changes;

function refuse(
  ledger: Ledger,
  ports: Ports,
  job: Job,
  answer: Extract<Answer, { kind: 'refused' }>,
  end: End,
): void {
  const now = ports.now();
  const passing = answer.code === 'rate_limited' || answer.code === 'provider_unavailable';
  // A refused look at a call that the vendor has says nothing about the call: look again later.
  if (job.ref !== null) {
    const wait = retryDelay(3, answer.retryAfterMs, ports.random());
    const tooLong = now - (job.sentAt ?? job.createdAt) > mostRunning;
    if (!tooLong) ledger.change(job.id, { nextAt: now + wait }, now);
    else lose(ledger, ports, job, 'forgotten', end);
    return;
  }
  if (passing && job.attempts < mostAttempts && !job.cancelAsked) {
    const nextAt = now + retryDelay(job.attempts, answer.retryAfterMs, ports.random());
    ledger.learn(job.id, 'turned-away', { nextAt, sentAt: null }, now);
    return;
  }
  const { kind: _, ...problem } = answer;
  ledger.learn(job.id, 'not-charged', end('failed', problem), now);
}

function lose(ledger: Ledger, ports: Ports, job: Job, kind: 'forgotten' | 'lost', end: End): void {
  const now = ports.now();
  // A lost look is only a look: the next one is already booked.
  if (kind === 'lost' && job.ref !== null) return;
  ledger.learn(job.id, 'lost', { nextAt: now + ports.wait(5000) }, now);
  if (kind === 'forgotten') ledger.change(job.id, end('unknown', { code: 'ambiguous' }), now);
}
