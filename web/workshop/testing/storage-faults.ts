/**
 * What happens to one storage call:
 * - `full`: it and every later write find the device full, until it is healed;
 * - `aborted`: it and every later call have their transaction aborted by the browser, until healed;
 * - `lost`: the connection is lost under it, once.
 */
export type FaultKind = 'full' | 'aborted' | 'lost';

export interface StorageFaults {
  /** Counts calls from now on and lets the `nth` (from 1) and what follows fail. */
  arm(kind: FaultKind, nth: number): void;
  /** From now on everything works. Answers whether any call was made to fail. */
  heal(): boolean;
  restore(): void;
}

type Call = (this: IDBObjectStore, ...args: never[]) => IDBRequest;

const WRITES = ['put', 'delete', 'clear'] as const;
const READS = ['get', 'getAll', 'getAllKeys', 'count'] as const;

/** Stands between this page and its object stores. */
export function injectStorageFaults(): StorageFaults {
  const prototype = IDBObjectStore.prototype as unknown as Record<string, Call>;
  const originals = new Map([...WRITES, ...READS].map((name) => [name, prototype[name]]));
  let armed: { kind: FaultKind; nth: number } | null = null;
  let calls = 0;
  let hasFired = false;

  function strike(store: IDBObjectStore, isWrite: boolean): void {
    if (!armed || (armed.kind === 'full' && !isWrite)) return;
    calls++;
    if (calls < armed.nth || (armed.kind === 'lost' && calls > armed.nth)) return;
    hasFired = true;
    if (armed.kind === 'full') throw new DOMException('No space left.', 'QuotaExceededError');
    const { transaction } = store;
    // After this turn, so that the call has become a request, as it is when the browser does it.
    queueMicrotask(() => {
      try {
        transaction.abort();
      } catch {
        // It has ended already; a browser would abort the next one.
      }
    });
    if (armed.kind === 'lost') transaction.db.close();
  }

  for (const [name, original] of originals) {
    prototype[name] = function (...args) {
      strike(
        this,
        WRITES.some((write) => write === name),
      );
      return original.apply(this, args);
    };
  }

  return {
    arm(kind, nth) {
      armed = { kind, nth };
      calls = 0;
      hasFired = false;
    },
    heal() {
      armed = null;
      return hasFired;
    },
    restore() {
      for (const [name, original] of originals) prototype[name] = original;
    },
  };
}
