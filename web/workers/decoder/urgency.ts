import type { SegmentRequest } from './contract.ts';

type Kind = SegmentRequest['kind'];

/** Place in the queue: the user's click before a preview, both before a job. */
export const RANK: Record<Kind, number> = { click: 0, hover: 1, run: 2 };

/** Says of every request whether a newer one has made it pointless. */
export interface Urgency {
  /** Registers a request; the answer tells, any time later, whether it is still wanted. */
  admit(kind: Kind): () => boolean;
}

export function createUrgency(): Urgency {
  const newest = { click: 0, hover: 0 };
  let count = 0;
  return {
    admit(kind) {
      const ticket = ++count;
      if (kind === 'run') return () => true;
      newest[kind] = ticket;
      return kind === 'click'
        ? () => newest.click === ticket
        : () => newest.hover === ticket && newest.click < ticket;
    },
  };
}
