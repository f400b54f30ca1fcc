/**
 * Decides which photo is encoded next: what the user waits for first, then the order in which
 * photos were asked for. A photo that is asked for again keeps its place or moves up.
 */
export interface EncodeQueue<Outcome> {
  /** Resolves when the photo has been encoded or could not be. `urgent` puts it in front. */
  request(photo: string, urgent: boolean): Promise<Outcome>;
  /** Takes photos that nobody needs any more out of the waiting line. */
  drop(photos: readonly string[]): void;
  /** How many wait or are being encoded. */
  readonly size: () => number;
}

interface Job<Outcome> {
  readonly photo: string;
  readonly outcome: Promise<Outcome>;
  readonly resolve: (outcome: Outcome) => void;
}

/**
 * @param work encodes one photo; must not reject
 * @param dropped the outcome of a photo taken out of the line
 * @param lanes how many may be under way: two, so that the next photo is decoded and resized
 *   while the engine is busy with this one
 */
export function createEncodeQueue<Outcome>(
  work: (photo: string) => Promise<Outcome>,
  dropped: Outcome,
  onChange: () => void,
  lanes = 2,
): EncodeQueue<Outcome> {
  const jobs = new Map<string, Job<Outcome>>();
  let waiting: Job<Outcome>[] = [];
  let running = 0;

  function pump(): void {
    while (running < lanes) {
      const job = waiting.shift();
      if (!job) break;
      running++;
      void work(job.photo).then((outcome) => {
        running--;
        jobs.delete(job.photo);
        job.resolve(outcome);
        onChange();
        pump();
      });
    }
  }

  return {
    size: () => jobs.size,
    request(photo, urgent) {
      let job = jobs.get(photo);
      if (!job) {
        let resolve!: (outcome: Outcome) => void;
        const outcome = new Promise<Outcome>((r) => {
          resolve = r;
        });
        job = { photo, outcome, resolve };
        jobs.set(photo, job);
        if (urgent) waiting.unshift(job);
        else waiting.push(job);
        onChange();
      } else if (urgent && waiting.includes(job)) {
        waiting = [job, ...waiting.filter((other) => other !== job)];
      }
      pump();
      return job.outcome;
    },
    drop(photos) {
      const gone = new Set(photos);
      for (const job of waiting.filter(({ photo }) => gone.has(photo))) {
        jobs.delete(job.photo);
        job.resolve(dropped);
      }
      waiting = waiting.filter(({ photo }) => !gone.has(photo));
      onChange();
    },
  };
}
