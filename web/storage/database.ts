import { type IDBPDatabase, openDB, wrap } from 'idb';
import { fail, ok, type Result } from '../core/flow/result.ts';
import { giveUpEmbeddings } from './embedding-room.ts';
import { type StorageProblem, storageProblemOf } from './problem.ts';
import { DATABASE_NAME, DATABASE_VERSION, type MaskwrightSchema, upgrade } from './schema.ts';

export type Connection = IDBPDatabase<MaskwrightSchema>;

/** The device's database. Opens on first use and again when the browser drops the connection. */
export interface Database {
  /** Names the database; tabs that share it share this name. */
  readonly name: string;
  /**
   * Runs `task`; what IndexedDB refuses comes back as a value, never as a rejection. When the device
   * is full, embeddings give way first.
   */
  run<Value>(task: (db: Connection) => Promise<Value>): Promise<Result<Value, StorageProblem>>;
  close(): Promise<void>;
}

/**
 * What a task meets when its connection is closed under it (site data cleared, the browser's
 * storage process restarted) or its transaction is aborted by the browser.
 */
const LOST: ReadonlySet<string> = new Set(['InvalidStateError', 'AbortError', 'UnknownError']);

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
    }).then(
      (connection) => {
        // A request that fails says so; its transaction says it again, mostly unheard.
        connection.addEventListener('error', ({ target }) => {
          const transaction = target instanceof IDBRequest ? target.transaction : null;
          if (transaction) wrap(transaction).done.catch(() => undefined);
        });
        return connection;
      },
      (error) => {
        opening = null;
        throw error;
      },
    );
    return opening;
  }

  /** Lets a connection go that no longer works, unless another call has done so already. */
  async function drop(lost: Promise<Connection>): Promise<void> {
    if (opening === lost) opening = null;
    (await lost).close();
  }

  /** Transactions are atomic, so doing a task once more is safe. */
  async function attempt<Value>(task: (db: Connection) => Promise<Value>): Promise<Value> {
    let isReopened = false;
    for (;;) {
      const connecting = open();
      const connection = await connecting;
      try {
        return await task(connection);
      } catch (error) {
        const name = error instanceof DOMException ? error.name : '';
        if (name === 'QuotaExceededError' && (await giveUpEmbeddings(connection))) continue;
        if (isReopened || !LOST.has(name)) throw error;
        isReopened = true;
        await drop(connecting);
      }
    }
  }

  return {
    name,
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
