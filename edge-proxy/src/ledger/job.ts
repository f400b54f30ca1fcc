/** One paid call as the ledger keeps it. */
import type {
  ErrorCode,
  GenerationRequest,
  GenerationState,
  Payment,
  Task,
  Vendor,
} from '../../contract.ts';
import type { VendorRef } from '../vendors/adapter.ts';

/** An output that lies in our own bucket. */
export interface Kept {
  readonly key: string;
  readonly type: string;
  readonly bytes: number;
}

export interface JobProblem {
  readonly code: ErrorCode;
  readonly field?: string;
  readonly replacedBy?: string;
  readonly retryAfterMs?: number;
}

export interface Job {
  readonly id: string;
  readonly key: string;
  readonly requestHash: string;
  readonly model: string;
  readonly vendor: Vendor;
  readonly task: Task;
  /** Null once the call is over: prompts are not kept longer than the work needs them. */
  readonly request: GenerationRequest | null;
  readonly address: string;
  readonly payment: Payment;
  readonly state: GenerationState;
  /** The house (whole installation) has debited its budget too. */
  readonly admitted: boolean;
  /** The house knows the final figure. */
  readonly houseTold: boolean;
  readonly cancelAsked: boolean;
  readonly reservedMicros: number;
  readonly settledMicros: number;
  readonly estimate: boolean;
  readonly ref: VendorRef | null;
  readonly attempts: number;
  readonly sentAt: number | null;
  /** When to look at it again; null: nothing left to do. */
  readonly nextAt: number | null;
  readonly progress: number | null;
  readonly seed: number | null;
  readonly outputs: readonly Kept[];
  readonly problem: JobProblem | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface NewJob {
  readonly id: string;
  readonly key: string;
  readonly requestHash: string;
  readonly request: GenerationRequest;
  readonly vendor: Vendor;
  readonly address: string;
  readonly reservedMicros: number;
  readonly estimate: boolean;
}

/** Nothing the user waits for is left; late evidence about money may still arrive. */
export function isOver(state: GenerationState): boolean {
  return state !== 'queued' && state !== 'running';
}
