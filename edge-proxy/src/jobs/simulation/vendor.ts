/** A vendor that only keeps count: which logical call it charged, how often and how much. */
import type { Answer, Found } from '../../vendors/adapter.ts';

interface Prediction {
  readonly id: string;
  readonly job: string;
  readonly endsAt: number;
  readonly end: 'succeeded' | 'failed' | 'moderated';
  readonly micros: number;
  canceled: boolean;
}

export interface VendorNature {
  /** Answers the POST with the result; else with an id to ask about. */
  readonly sync: boolean;
  /** Lets its calls be listed. */
  readonly lists: boolean;
}

export class SimulatedVendor {
  /** Micro-dollars by job id. */
  readonly charges = new Map<string, number[]>();
  readonly predictions = new Map<string, Prediction>();
  private readonly nature: VendorNature;
  private readonly random: () => number;
  private readonly now: () => number;
  /** Called when a prediction is finished: a webhook may leave. */
  onCreated: (prediction: Prediction) => void = () => {};

  constructor(nature: VendorNature, random: () => number, now: () => number) {
    this.nature = nature;
    this.random = random;
    this.now = now;
  }

  /** The POST arrives. */
  create(job: string, most: number): Answer {
    const dice = this.random();
    if (dice < 0.08) return { kind: 'refused', code: 'rate_limited', retryAfterMs: 2000 };
    if (dice < 0.1) return { kind: 'refused', code: 'model_gone' };
    if (dice < 0.12) return { kind: 'refused', code: 'invalid_input', field: 'prompt' };
    const micros = Math.round(most * (0.5 + this.random() / 2));
    const end = dice < 0.18 ? 'failed' : dice < 0.24 ? 'moderated' : 'succeeded';
    if (this.nature.sync) {
      if (end !== 'succeeded') return { kind: end, charged: false };
      this.charge(job, micros);
      return { kind: 'done', outputs: [], micros };
    }
    const prediction: Prediction = {
      id: `p${this.predictions.size}`,
      job,
      endsAt: this.now() + this.random() * 20_000,
      end,
      micros,
      canceled: false,
    };
    this.predictions.set(prediction.id, prediction);
    if (end === 'succeeded') this.charge(job, micros);
    this.onCreated(prediction);
    return { kind: 'accepted', ref: { id: prediction.id } };
  }

  read(id: string): Answer {
    const prediction = this.predictions.get(id);
    if (prediction === undefined) return { kind: 'forgotten' };
    const charged = prediction.end === 'succeeded';
    if (prediction.canceled) {
      return { kind: 'canceled', charged, micros: prediction.micros };
    }
    if (this.now() < prediction.endsAt) return { kind: 'running' };
    if (charged) return { kind: 'done', outputs: [], micros: prediction.micros };
    return { kind: prediction.end as 'failed' | 'moderated', charged: false };
  }

  cancel(id: string): void {
    const prediction = this.predictions.get(id);
    if (prediction && this.now() < prediction.endsAt) prediction.canceled = true;
  }

  find(job: string): Found {
    if (!this.nature.lists) return { kind: 'cannot' };
    const known = [...this.predictions.values()].find((prediction) => prediction.job === job);
    return known ? { kind: 'found', ref: { id: known.id } } : { kind: 'absent' };
  }

  private charge(job: string, micros: number): void {
    this.charges.set(job, [...(this.charges.get(job) ?? []), micros]);
  }
}
