import type { Vendor } from './types.ts';

/** One accepted paid call. Amounts are whole US-micro-dollars (1 cent = 10,000). */
export interface Charge {
  n: number;
  vendor: Vendor;
  model: string;
  microUsd: number;
  /** The request that was charged (`RequestRecord.n`). */
  request: number;
  /** The vendor's job or prediction id, when it has one. */
  jobId: string | null;
  /** Lets a test pair a charge with its own logical call. */
  prompt: string | null;
  /** Why the vendor does not bill it after all; null = billed. */
  voided: string | null;
}

export interface ChargeBook {
  add(charge: Omit<Charge, 'n' | 'voided'>): Charge;
  /** Takes back a charge for a reason that the vendor documents (moderated at BFL, aborted at Replicate). */
  void(n: number, reason: string): void;
  list(): Charge[];
  /** Sum of billed charges in micro-dollars, of one vendor or of all. */
  total(vendor?: Vendor): number;
  clear(): void;
}

export function createChargeBook(): ChargeBook {
  let charges: Charge[] = [];
  let next = 1;
  return {
    add(charge) {
      const made: Charge = { ...charge, n: next++, voided: null };
      charges.push(made);
      return made;
    },
    void(n, reason) {
      const found = charges.find((c) => c.n === n);
      if (found && found.voided === null) found.voided = reason;
    },
    list: () => charges.map((c) => ({ ...c })),
    total(vendor) {
      return charges
        .filter((c) => c.voided === null && (vendor === undefined || c.vendor === vendor))
        .reduce((sum, c) => sum + c.microUsd, 0);
    },
    clear() {
      charges = [];
    },
  };
}
