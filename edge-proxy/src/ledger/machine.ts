/**
 * The money of one paid call as a table: what is known (`Payment`) × what was learnt
 * (`Evidence`) → what is known now. Pure; every writer of the ledger goes through `advance`.
 *
 *   reserved ─ send → sent ─ charged → settled
 *      ↑  └ not-charged → released │ └ lost → unknown ─ charged | not-charged | accepted →
 *      └──── turned-away ──────────┘
 */
import type { Payment } from '../../contract.ts';

export type Evidence =
  /** About to go out. Written before the request does. */
  | 'send'
  /** The vendor said "not now" before taking the call (429): it may be sent again. */
  | 'turned-away'
  /** The vendor has the call and gave us its id. */
  | 'accepted'
  /** The vendor delivered or says it billed. */
  | 'charged'
  /** The vendor refused, or its records show it never had the call. */
  | 'not-charged'
  /** The request left and nothing came back. Never sent again. */
  | 'lost';

/** Absent cell: the evidence changes nothing (late, duplicate or out of order). */
const table: Readonly<Record<Payment, Partial<Record<Evidence, Payment>>>> = {
  reserved: { send: 'sent', 'not-charged': 'released' },
  sent: {
    'turned-away': 'reserved',
    accepted: 'sent',
    charged: 'settled',
    'not-charged': 'released',
    lost: 'unknown',
  },
  unknown: { accepted: 'sent', charged: 'settled', 'not-charged': 'released' },
  // A bill that turns up after we gave up is still a bill.
  released: { charged: 'settled' },
  settled: {},
};

/** @returns the payment after the evidence, or null where the evidence changes nothing. */
export function advance(payment: Payment, evidence: Evidence): Payment | null {
  return table[payment][evidence] ?? null;
}

/** Micro-dollars that this entry takes from a budget, now. */
export function debit(payment: Payment, reservedMicros: number, settledMicros: number): number {
  switch (payment) {
    case 'reserved':
    case 'sent':
    case 'unknown':
      return reservedMicros;
    case 'settled':
      return settledMicros;
    case 'released':
      return 0;
  }
}
