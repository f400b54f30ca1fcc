import type { BrowserContext, Page } from '@playwright/test';
import type { RunPhase } from '../core/run/machine.ts';
import { DATABASE_NAME } from '../storage/schema.ts';

/** What a page says while it works on a run. */
export interface Witness {
  /** Hashes of the photos that pixel workers were given, in order, of one life of the page. */
  readonly given: string[];
  /** Keys of the variants that the page said are kept. */
  readonly acknowledged: Set<string>;
}

/** One life of the app: a page that may be killed at a chosen storage call of its run. */
export interface Life extends Witness {
  readonly page: Page;
  /** Ends the renderer now. */
  kill(): Promise<void>;
  /** Resolves when the renderer is gone. */
  readonly killed: Promise<void>;
}

/**
 * Opens a page whose renderer will be killed.
 * @param killAt which of the run's storage calls to die at, from 0, counted from the moment that the
 *   page notes that it works on the run; null to live
 */
export async function live(context: BrowserContext, killAt: number | null): Promise<Life> {
  const page = await context.newPage();
  const given: string[] = [];
  const acknowledged = new Set<string>();
  const session = await context.newCDPSession(page);
  // The engine is not needed for whole-image templates, and starting it takes seconds a life.
  // It answers with an error, since nobody is left to answer.
  const crash = () => void session.send('Page.crash').catch(() => undefined);
  await page.route(/\/models\//, (route) => route.abort());
  await page.exposeBinding('tell', (_source, kind: string, what: string) => {
    if (kind === 'given') given.push(what);
    if (kind === 'kept') acknowledged.add(what);
    if (kind === 'kill') crash();
  });
  await page.addInitScript(watchRun, killAt);
  const killed = new Promise<void>((done) => {
    page.once('crash', () => done());
  });
  return {
    page,
    given,
    acknowledged,
    killed,
    kill() {
      crash();
      return killed;
    },
  };
}

declare global {
  interface Window {
    tell(kind: 'given' | 'kept' | 'kill', what: string): Promise<void>;
  }
}

/** Runs in the page before the app does. */
function watchRun(killAt: number | null): void {
  let calls = -1;
  const stores = IDBObjectStore.prototype as unknown as Record<
    string,
    (this: IDBObjectStore, ...args: unknown[]) => IDBRequest
  >;
  const written = ['runs', 'runItems', 'variants', 'outputs', 'checksums'];
  for (const name of ['put', 'get', 'delete', 'clear']) {
    const original = stores[name];
    stores[name] = function (...args) {
      if (calls < 0 && this.name === 'runs' && name === 'put') calls = 0;
      // What the screen reads (thumbnails, mostly) is none of the run's.
      const ofRun = name === 'get' ? ['runs', 'runItems', 'files'] : written;
      // A plan has a row for every item; as one transaction it is one point.
      const { objectStoreNames } = this.transaction;
      const isPlan = this.name === 'runItems' && objectStoreNames.length === 2;
      if (isPlan || !ofRun.includes(this.name)) return original.apply(this, args);
      const isPoint = killAt !== null && calls === killAt;
      if (calls >= 0) calls++;
      if (isPoint) {
        void window.tell('kill', '');
        // Nothing more leaves this page: it dies in the middle of this call.
        const end = performance.now() + 10_000;
        while (performance.now() < end);
      }
      return original.apply(this, args);
    };
  }
  const toWorker = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (this: Worker, message: unknown, ...rest: never[]) {
    const call = message as {
      path?: string[];
      argumentList?: { value?: { source?: { hash: string } } }[];
    } | null;
    const hash = call?.argumentList?.[0]?.value?.source?.hash;
    if (call?.path?.[0] === 'variant' && hash) void window.tell('given', hash);
    return toWorker.call(this, message, ...rest);
  };
  const toTabs = BroadcastChannel.prototype.postMessage;
  BroadcastChannel.prototype.postMessage = function (message: { kind?: string; key?: string }) {
    if (message.kind === 'settled' && message.key) void window.tell('kept', message.key);
    toTabs.call(this, message);
  };
}

export interface Kept {
  /** Keys of variants that are done. */
  readonly keys: readonly string[];
  /** Photos of those variants. */
  readonly photos: readonly string[];
  /** Where the run is; null when none was ever planned. */
  readonly phase: RunPhase | null;
  /** Keys of outputs whose variant is not there, or variants without their outputs. */
  readonly torn: readonly string[];
}

/** What is on the disk, read by a page without the app: nothing works on the run meanwhile. */
export async function readDisk(context: BrowserContext): Promise<Kept> {
  const page = await context.newPage();
  await page.goto('icons/icon.svg');
  const kept = await page.evaluate(async (database) => {
    const answer = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
      });
    const db = await answer(indexedDB.open(database));
    const tx = db.transaction(['variants', 'outputs', 'runs']);
    const runs: { phase: RunPhase }[] = await answer(tx.objectStore('runs').getAll());
    const rows: { key: string; photo: string; status: string }[] = await answer(
      tx.objectStore('variants').getAll(),
    );
    const outputs = await answer(tx.objectStore('outputs').getAllKeys());
    db.close();
    const done = rows.filter(({ status }) => status === 'done');
    const wanted = new Set(
      done.flatMap(({ key }) => ['image', 'mask', 'thumbnail'].map((role) => `${key}/${role}`)),
    );
    const there = new Set(outputs.map(String));
    return {
      phase: runs[0]?.phase ?? null,
      keys: done.map(({ key }) => key),
      photos: done.map(({ photo }) => photo),
      torn: [
        ...[...there].filter((key) => !wanted.has(key)),
        ...[...wanted].filter((key) => !there.has(key)),
      ],
    };
  }, DATABASE_NAME);
  await page.close();
  return kept;
}
