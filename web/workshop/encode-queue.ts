/**
 * Decides what is encoded next: what the user waits for first, then the order in which items
 * were asked for. An item that is asked for again keeps its place or moves up.
 */
export interface EncodeQueue<Item, Outcome> {
  /** Resolves when the item has been encoded or could not be. `urgent` puts it in front. */
  request(item: Item, urgent: boolean): Promise<Outcome>;
  /** Takes items that nobody needs any more out of the waiting line. */
  drop(isUnwanted: (item: Item) => boolean): void;
  /** Starts what more lanes allow. */
  pump(): void;
  /** How many wait or are being encoded. */
  readonly size: () => number;
}

interface Job<Item, Outcome> {
  readonly item: Item;
  readonly outcome: Promise<Outcome>;
  readonly resolve: (outcome: Outcome) => void;
  isUrgent: boolean;
}

export interface EncodeQueueOptions<Item, Outcome> {
  readonly keyOf: (item: Item) => string;
  /** Encodes one item; must not reject. `isUrgent` may turn true while it is under way. */
  readonly work: (item: Item, isUrgent: () => boolean) => Promise<Outcome>;
  /** The outcome of an item taken out of the line. */
  readonly dropped: Outcome;
  readonly onChange: () => void;
  /**
   * How many may be under way: one more than there are encoders, so that the next photo is
   * decoded and resized while they are busy. What the user waits for has a lane of its own.
   */
  readonly lanes: () => number;
}

export function createEncodeQueue<Item, Outcome>(
  options: EncodeQueueOptions<Item, Outcome>,
): EncodeQueue<Item, Outcome> {
  const { keyOf, work, dropped, onChange, lanes } = options;
  const jobs = new Map<string, Job<Item, Outcome>>();
  let waiting: Job<Item, Outcome>[] = [];
  let running = 0;

  function pump(): void {
    for (let job = waiting[0]; job; job = waiting[0]) {
      if (running >= lanes() + (job.isUrgent ? 1 : 0)) break;
      waiting.shift();
      start(job);
    }
  }

  function start(job: Job<Item, Outcome>): void {
    running++;
    void work(job.item, () => job.isUrgent).then((outcome) => {
      running--;
      jobs.delete(keyOf(job.item));
      job.resolve(outcome);
      onChange();
      pump();
    });
  }

  return {
    size: () => jobs.size,
    pump,
    request(item, urgent) {
      let job = jobs.get(keyOf(item));
      if (!job) {
        let resolve!: (outcome: Outcome) => void;
        const outcome = new Promise<Outcome>((r) => {
          resolve = r;
        });
        job = { item, outcome, resolve, isUrgent: urgent };
        jobs.set(keyOf(item), job);
        if (urgent) waiting.unshift(job);
        else waiting.push(job);
        onChange();
      } else if (urgent) {
        const raised = job;
        raised.isUrgent = true;
        if (waiting.includes(raised)) {
          waiting = [raised, ...waiting.filter((other) => other !== raised)];
        }
      }
      pump();
      return job.outcome;
    },
    drop(isUnwanted) {
      const gone = waiting.filter(({ item }) => isUnwanted(item));
      for (const job of gone) {
        jobs.delete(keyOf(job.item));
        job.resolve(dropped);
      }
      waiting = waiting.filter((job) => !gone.includes(job));
      onChange();
    },
  };
}
