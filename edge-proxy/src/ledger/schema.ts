/** Everything a user's Durable Object stores, in one place. Times in ms, money in micro-dollars. */
export const accountSchema = [
  `CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    request_hash TEXT NOT NULL,
    model TEXT NOT NULL, vendor TEXT NOT NULL, task TEXT NOT NULL,
    request TEXT, address TEXT NOT NULL,
    payment TEXT NOT NULL, state TEXT NOT NULL,
    admitted INTEGER NOT NULL, house_told INTEGER NOT NULL, cancel_asked INTEGER NOT NULL,
    reserved INTEGER NOT NULL, settled INTEGER NOT NULL, estimate INTEGER NOT NULL,
    ref TEXT, attempts INTEGER NOT NULL, sent_at INTEGER, next_at INTEGER,
    progress REAL, seed INTEGER, outputs TEXT NOT NULL, problem TEXT,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  )`,
  'CREATE INDEX IF NOT EXISTS jobs_due ON jobs (next_at) WHERE next_at IS NOT NULL',
  'CREATE INDEX IF NOT EXISTS jobs_spend ON jobs (created_at, payment, reserved, settled)',
  // Webhook message ids already acted upon.
  'CREATE TABLE IF NOT EXISTS deliveries (id TEXT PRIMARY KEY, at INTEGER NOT NULL)',
  // id is a SHA-256 of the cookie's secret half, so that a copy of the table opens no session.
  `CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY, email TEXT NOT NULL, refresh_token TEXT NOT NULL, access_token TEXT NOT NULL,
    access_expires_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, created_at INTEGER NOT NULL
  )`,
  `CREATE TABLE IF NOT EXISTS uploads (
    id TEXT PRIMARY KEY, type TEXT NOT NULL, bytes INTEGER NOT NULL, created_at INTEGER NOT NULL
  )`,
] as const;

/** What the single house object stores: the installation's money, addresses, model states. */
export const houseSchema = [
  `CREATE TABLE IF NOT EXISTS holds (
    id TEXT PRIMARY KEY, micros INTEGER NOT NULL, address TEXT NOT NULL, at INTEGER NOT NULL
  )`,
  'CREATE INDEX IF NOT EXISTS holds_spend ON holds (at, micros)',
  'CREATE INDEX IF NOT EXISTS holds_address ON holds (address, at)',
  'CREATE TABLE IF NOT EXISTS knocks (address TEXT NOT NULL, at INTEGER NOT NULL)',
  'CREATE INDEX IF NOT EXISTS knocks_address ON knocks (address, at)',
  `CREATE TABLE IF NOT EXISTS model_states (
    model TEXT PRIMARY KEY, status TEXT NOT NULL, retires_on TEXT, checked_on TEXT NOT NULL
  )`,
  `CREATE TABLE IF NOT EXISTS feedback (
    id TEXT PRIMARY KEY, subject TEXT NOT NULL, text TEXT NOT NULL, page TEXT, at INTEGER NOT NULL
  )`,
] as const;

/** The part of a Durable Object's storage that the ledger needs. */
export interface Database {
  readonly sql: SqlStorage;
  transactionSync<T>(work: () => T): T;
}
