import { createLru } from '../../core/flow/lru.ts';
import { createPixelsClient, type PixelsClient } from './client.ts';

/** How many photos a worker is remembered for: about as many as its cache holds. */
const REMEMBERED = 8;

/**
 * Several pixels workers that answer as one. What is shown goes to the first worker: it keeps the pictures in view, and only there "newest
 * wins" can be decided. Work for the model and for variants goes to the worker that has the photo
 * decoded already, else to the least busy one, the first last. Workers start when they are needed.
 *
 * @param workers at least 1
 */
export function createPixelsPool(workers: number, start?: () => Worker): PixelsClient {
  const clients = Array.from({ length: workers }, () => createPixelsClient(start));
  const busy = clients.map(() => 0);
  const holders = createLru<number>(REMEMBERED * workers);

  function leastBusy(): number {
    return busy.lastIndexOf(Math.min(...busy));
  }

  function placeFor(hash: string): number {
    const holder = holders.get(hash);
    const free = leastBusy();
    // Decoding once more costs less than waiting behind another picture.
    return holder !== undefined && busy[holder] <= busy[free] ? holder : free;
  }

  async function at<Value>(
    place: number,
    work: (client: PixelsClient) => Promise<Value>,
  ): Promise<Value> {
    busy[place]++;
    try {
      return await work(clients[place]);
    } finally {
      busy[place]--;
    }
  }

  function near<Value>(hash: string, work: (client: PixelsClient) => Promise<Value>) {
    const place = placeFor(hash);
    holders.set(hash, place);
    return at(place, work);
  }

  return {
    async inspect(...args) {
      const inspected = await at(0, (client) => client.inspect(...args));
      if (inspected.ok) holders.set(inspected.value.sha256, 0);
      return inspected;
    },
    bitmap: (...args) => at(0, (client) => client.bitmap(...args)),
    preview: (...args) => at(0, (client) => client.preview(...args)),
    modelInput: (source, ...args) =>
      near(source.hash, (client) => client.modelInput(source, ...args)),
    variant: (request) => near(request.source.hash, (client) => client.variant(request)),
    async release() {
      await Promise.all(clients.map((client) => client.release()));
    },
    dispose() {
      for (const client of clients) client.dispose();
    },
  };
}
