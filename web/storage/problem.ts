/** Why something could not be kept or read back. */
export type StorageProblem =
  /** The device or the browser's quota for this site is full. */
  | { readonly kind: 'storage-full' }
  /** No IndexedDB here, or the browser refuses it (some private windows). */
  | { readonly kind: 'storage-unavailable'; readonly what: string }
  /** Another tab holds an older version of the app open. */
  | { readonly kind: 'storage-blocked' }
  /** The database could not be read or written. */
  | { readonly kind: 'storage-failed'; readonly what: string };

/** Sorts what IndexedDB throws (https://w3c.github.io/IndexedDB/#exceptions). */
export function storageProblemOf(error: unknown): StorageProblem {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const what = error instanceof Error ? error.message : String(error);
  if (name === 'QuotaExceededError') return { kind: 'storage-full' };
  if (name === 'SecurityError' || name === 'InvalidAccessError') {
    return { kind: 'storage-unavailable', what };
  }
  return { kind: 'storage-failed', what };
}

/** One sentence that says what happened, one that says what to do. */
export function describeStorageProblem(problem: StorageProblem): { message: string; next: string } {
  switch (problem.kind) {
    case 'storage-full':
      return {
        message: 'This device has no room left for Maskwright’s data.',
        next: 'Download and delete results you no longer need, or remove photos, then try again.',
      };
    case 'storage-unavailable':
      return {
        message: 'This browser does not let Maskwright keep data here.',
        next: 'Leave private browsing or allow site data for this address, then reload.',
      };
    case 'storage-blocked':
      return {
        message: 'Another tab has an older version of Maskwright open.',
        next: 'Close the other tabs of Maskwright, then reload this one.',
      };
    case 'storage-failed':
      return {
        message: `The browser’s storage did not answer (${problem.what}).`,
        next: 'Reload the page; what was already saved is kept.',
      };
  }
}
