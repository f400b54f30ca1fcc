/**
 * Whether an error says that memory ran out. There is no type for it: engines throw a RangeError
 * ("Array buffer allocation failed", "Invalid typed array length", "could not allocate memory")
 * that only its words tell from an ordinary one.
 */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof RangeError && /alloc|typed array length|memory/i.test(error.message);
}
