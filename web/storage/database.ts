import { type IDBPDatabase, openDB } from 'idb';
import { fail, ok, type Result } from '../core/flow/result.ts';
import { type StorageProblem, storageProblemOf } from './problem.ts';
import { DATABASE_NAME, DATABASE_VERSION, type MaskwrightSchema, upgrade } from './schema.ts';

export type Connection = IDBPDatabase<MaskwrightSchema>;

/** The device's database. Opens on first use and again when the browser drops the connection. */
export interface Database {
  /** Runs `task`; what IndexedDB refuses comes back as a value, never as a rejection. */
  run<Value>(task: (db: Connection) => Promise<Value>): Promise<Result<Value, StorageProblem>>;
  close(): Promise<void>;
}

export function createDatabase(name = DATABASE_NAME): Database {
  let opening: Promise<Connection> | null = null;
  let blocked = false;

  function open(): Promise<Connection> {
    opening ??= openDB<MaskwrightSchema>(name, DATABASE_VERSION, {
      upgrade: (db, oldVersion) => upgrade(db, oldVersion),
      blocked() {
        blocked = true;
      },
      blocking(_current, _next, event) {
        // A newer version of the app waits in another tab: let it have the database.
        (event.target as IDBDatabase).close();
        opening = null;
      },
      terminated() {
        opening = null;
      },
    }).catch((error) => {
      opening = null;
      throw error;
    });
    return opening;
  }

  async function attempt<Value>(task: (db: Connection) => Promise<Value>): Promise<Value> {
    try {
      return await task(await open());
    } catch (error) {
      // The connection was closed under us (storage cleared, browser restarted its process).
      // Transactions are atomic, so doing it once more on a new one is safe.
      if (error instanceof DOMException && error.name === 'InvalidStateError') {
        opening = null;
        return task(await open());
      }
      throw error;
    }
  }

  return {
    async run(task) {
      if (typeof indexedDB === 'undefined') {
        return fail({ kind: 'storage-unavailable', what: 'no IndexedDB' });
      }
      try {
        return ok(await attempt(task));
      } catch (error) {
        return fail(blocked ? { kind: 'storage-blocked' } : storageProblemOf(error));
      }
    },
    async close() {
      const connection = opening;
      opening = null;
      if (connection) (await connection).close();
    },
  };
}
