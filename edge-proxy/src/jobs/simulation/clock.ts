/** A seeded world in which time is a queue of events and nothing happens by itself. */

/** Mulberry32 (Tommy Ettinger, public domain): 0…1 from a 32-bit seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Event {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

export class Clock {
  now = Date.UTC(2026, 10, 21, 12);
  private events: Event[] = [];
  private order = 0;

  after(delay: number, run: () => void): void {
    const event = { at: this.now + Math.max(0, Math.round(delay)), order: this.order, run };
    this.order += 1;
    let index = this.events.length;
    while (index > 0 && this.events[index - 1]!.at > event.at) index -= 1;
    this.events.splice(index, 0, event);
  }

  /** Runs the next event and every promise that it wakes. @returns false when nothing is left. */
  async tick(until: number): Promise<boolean> {
    const event = this.events[0];
    if (event === undefined || event.at > until) return false;
    this.events.shift();
    this.now = event.at;
    event.run();
    for (let turn = 0; turn < 20; turn += 1) await null;
    return true;
  }
}
