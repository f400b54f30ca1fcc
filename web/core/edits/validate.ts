import { fail, ok, type Result } from '../flow/result.ts';
import { EDIT_RANGES, type EditName, type Edits, NEUTRAL_EDITS } from './edits.ts';

/** Why a value that came from a file or another thread is not a recipe of edits. */
export type EditsProblem =
  | { readonly kind: 'not-an-object' }
  | { readonly kind: 'unknown-edits'; readonly names: readonly string[] }
  | { readonly kind: 'not-a-number'; readonly name: EditName }
  | {
      readonly kind: 'out-of-range';
      readonly name: EditName;
      readonly value: number;
      readonly min: number;
      readonly max: number;
    };

/**
 * Checks edits of unknown origin. Absent edits are neutral; the first problem found is returned,
 * unknown names before wrong values.
 */
export function checkEdits(value: unknown): Result<Edits, EditsProblem> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return fail({ kind: 'not-an-object' });
  }
  const given = new Map<string, unknown>(Object.entries(value));
  const known = new Set<string>(EDIT_RANGES.map(({ name }) => name));
  const names = [...given.keys()].filter((name) => !known.has(name));
  if (names.length > 0) return fail({ kind: 'unknown-edits', names });
  const edits: Record<EditName, number> = { ...NEUTRAL_EDITS };
  for (const { name, min, max } of EDIT_RANGES) {
    const number = given.get(name);
    if (number === undefined) continue;
    if (typeof number !== 'number' || Number.isNaN(number)) {
      return fail({ kind: 'not-a-number', name });
    }
    if (number < min || number > max) {
      return fail({ kind: 'out-of-range', name, value: number, min, max });
    }
    edits[name] = number;
  }
  return ok(edits);
}
