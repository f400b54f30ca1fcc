/** One schedule: users, tabs, a network that loses and delays, a process that dies anywhere. */
import type { Limits } from '../../ledger/budget.ts';
import { HouseLedger } from '../../ledger/house.ts';
import type { Job, Kept } from '../../ledger/job.ts';
import { Ledger } from '../../ledger/ledger.ts';
import type { Database } from '../../ledger/schema.ts';
import { Driver } from '../drive.ts';
import type { Ports } from '../ports.ts';
import { Clock, randomFrom } from './clock.ts';
import { SimulatedVendor } from './vendor.ts';

const limits: Limits = {
  userDayMicros: 400_000,
  userMonthMicros: 1_000_000,
  totalMonthMicros: 300_000,
  callsUserPerMinute: 100,
  callsTotalPerHour: 100,
  callsAddressPerDay: 100,
};

export interface Faults {
  /** Chances, 0…1: the request is lost, the reply is lost, the process dies at an await. */
  readonly request: number;
  readonly reply: number;
  readonly crash: number;
  readonly webhook: number;
}

/** What outlives a process and, emptied, a schedule. */
export interface Books {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly house: HouseLedger;
}

export function openBooks(database: Database): Books {
  return { database, ledger: new Ledger(database), house: new HouseLedger(database) };
}

export class World {
  readonly clock = new Clock();
  readonly random: () => number;
  readonly vendor: SimulatedVendor;
  readonly ledger: Ledger;
  readonly house: HouseLedger;
  /** Deaths by the await they happened at. */
  readonly deaths = new Map<string, number>();
  problems: string[] = [];
  private driver!: Driver;
  private life = 0;
  private armedAt = Number.POSITIVE_INFINITY;
  private readonly bucket = new Map<string, Kept[]>();
  private readonly faults: Faults;

  constructor(
    { database, ledger, house }: Books,
    seed: number,
    nature: { sync: boolean; lists: boolean },
    faults: Faults,
  ) {
    this.random = randomFrom(seed);
    this.faults = faults;
    this.vendor = new SimulatedVendor(nature, this.random, () => this.clock.now);
    this.ledger = ledger;
    this.house = house;
    for (const table of ['jobs', 'deliveries', 'holds']) database.sql.exec(`DELETE FROM ${table}`);
    this.vendor.onCreated = (made) => this.sendWebhooks(made.job, made.id, made.endsAt);
    this.start();
  }

  private start(): void {
    this.life += 1;
    this.driver = new Driver(this.ledger, this.ports(this.life), () => this.arm());
    this.armedAt = Number.POSITIVE_INFINITY;
    this.arm();
  }

  /** The Durable Object's alarm. It outlives the process; only the earliest time counts. */
  private arm(): void {
    const at = this.ledger.nextDue();
    if (at === null || at >= this.armedAt) return;
    this.armedAt = at;
    this.clock.after(Math.max(50, at - this.clock.now), () => {
      if (this.armedAt !== at) return;
      this.armedAt = Number.POSITIVE_INFINITY;
      void this.driver.runDue().then(() => this.arm());
      this.clock.after(31_000, () => this.arm());
    });
  }

  private die(where: string): void {
    this.deaths.set(where, (this.deaths.get(where) ?? 0) + 1);
    this.start();
  }

  /** An await: the process may die before the effect, after it, or not at all. */
  private hop<T>(life: number, where: string, effect: () => T, lost?: () => T): Promise<T> {
    return new Promise((resolve) => {
      if (life !== this.life) return;
      if (this.random() < this.faults.crash) return this.die(`${where}: before`);
      const there = this.random() < 0.1 ? this.random() * 30_000 : this.random() * 300;
      const requestLost = lost !== undefined && this.random() < this.faults.request;
      const replyLost = lost !== undefined && this.random() < this.faults.reply;
      this.clock.after(there, () => {
        const value = requestLost ? undefined : effect();
        const back = this.random() * 300;
        this.clock.after(requestLost || replyLost ? 20_000 : back, () => {
          if (life !== this.life) return;
          if (this.random() < this.faults.crash) return this.die(`${where}: after`);
          resolve(requestLost || replyLost ? lost!() : value!);
        });
      });
    });
  }

  private ports(life: number): Ports {
    const { clock, vendor, house, bucket } = this;
    return {
      now: () => clock.now,
      random: this.random,
      admit: (job) =>
        this.hop(life, 'admit', () => {
          const call = { id: job.id, micros: job.reservedMicros, address: job.address };
          const why = house.admit(call, limits, false, clock.now);
          if (why === null) this.checkHouse();
          return why;
        }),
      settleHouse: (id, micros) =>
        this.hop(life, 'settle house', () => {
          house.settle(id, micros, clock.now);
          this.checkHouse();
        }),
      start: (job) =>
        this.hop(
          life,
          'start',
          () => vendor.create(job.id, job.reservedMicros),
          () => ({ kind: 'lost' }),
        ),
      poll: (_job, ref) =>
        this.hop(
          life,
          'poll',
          () => vendor.read(ref.id),
          () => ({ kind: 'lost' }),
        ),
      cancel: (_job, ref) =>
        this.hop(
          life,
          'cancel',
          () => vendor.cancel(ref.id),
          () => {},
        ),
      find: (job) =>
        this.hop(
          life,
          'find',
          () => vendor.find(job.id),
          () => ({ kind: 'unreadable' }),
        ),
      keep: (job) =>
        this.hop(life, 'keep', () => {
          const kept = [{ key: `results/${job.id}/0`, type: 'image/png', bytes: 1 }];
          bucket.set(job.id, kept);
          return kept;
        }),
      stored: (job) => this.hop(life, 'stored', () => bucket.get(job.id) ?? []),
      learnModel: (job) =>
        this.hop(life, 'learn model', () => {
          if (this.ledger.get(job.id)?.payment !== 'released') this.problems.push('gone but held');
        }),
      pollEveryMs: () => 3000,
      wait: (ms) => ms,
    };
  }

  private sendWebhooks(job: string, id: string, endsAt: number): void {
    if (this.random() >= this.faults.webhook) return;
    const copies = 1 + Math.floor(this.random() * 3);
    for (let copy = 0; copy < copies; copy += 1) {
      // Early ones are "started" messages; all may come late and out of order.
      const at = this.random() < 0.3 ? 0 : endsAt - this.clock.now;
      this.clock.after(at + this.random() * 60_000, () => {
        const message = copy === 0 ? 'm0' : `m${Math.floor(this.random() * 2)}`;
        this.driver.hear(job, `${id}:${message}`, { id });
        this.arm();
      });
    }
  }

  /** A click; a second tab may send the same key again, later or at once. */
  click(key: string, micros: number): void {
    const request = { model: 'm', task: 'create' as const, prompt: key };
    const submit = (): void => {
      const answer = this.ledger.submit(
        {
          id: `job-${key}`,
          key,
          requestHash: key,
          request,
          vendor: 'replicate',
          address: '192.0.2.1',
          reservedMicros: micros,
          estimate: true,
        },
        limits,
        this.clock.now,
      );
      if (answer.kind === 'new') {
        this.checkUser();
        void this.driver.step(answer.job.id);
      }
      this.arm();
    };
    this.clock.after(this.random() * 10_000, submit);
    if (this.random() < 0.5) this.clock.after(this.random() * 20_000, submit);
    if (this.random() < 0.15) {
      this.clock.after(this.random() * 30_000, () => {
        this.driver.cancel(`job-${key}`);
        this.arm();
      });
    }
  }

  /** Runs until nothing is left to happen, at most `ms` of simulated time. */
  async run(ms: number): Promise<void> {
    const end = this.clock.now + ms;
    while (await this.clock.tick(end)) {
      const late = this.clock.now > end - ms + 120_000;
      if (late && this.ledger.nextDue() === null) break;
    }
  }

  /** Spend only grows by debits: looked at after each of them. */
  private checkUser(): void {
    const { monthMicros } = this.ledger.spend(this.clock.now);
    if (monthMicros > limits.userMonthMicros) this.problems.push('user over the cap');
  }

  private checkHouse(): void {
    const { monthMicros } = this.house.spend('192.0.2.1', this.clock.now);
    if (monthMicros > limits.totalMonthMicros) this.problems.push('house over the cap');
  }

  jobs(): readonly Job[] {
    return this.ledger.list(100, Number.MAX_SAFE_INTEGER);
  }
}
