/** Small checks of values that came out of a JSON file. */

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((entry) => Number.isFinite(entry));
}

/** A text of 1…1,000 characters, trimmed; null for anything else. */
export function nameOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const name = value.trim();
  return name === '' || name.length > 1000 ? null : name;
}

/** A whole number from 1. */
export function isSide(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
