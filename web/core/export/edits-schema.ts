import { EDIT_RANGES, type EditName, NEUTRAL_EDITS } from '../edits/edits.ts';
import type { EditSetting, EditSettings, ValueRange } from '../edits/settings.ts';
import { number, object, optional, type Schema } from './schema.ts';

/** A number within `min`…`max`, or a range of such numbers to draw from. */
function numberOrRange(min: number, max: number): Schema<EditSetting> {
  const fixed = number(min, max);
  const range = object({ from: fixed, to: fixed });
  return {
    read(value, path, issues) {
      if (typeof value === 'number') return fixed.read(value, path, issues);
      if (typeof value !== 'object' || value === null) {
        issues.push({ path, message: 'must be a number, or a range {"from": …, "to": …}' });
        return Number.NaN;
      }
      const before = issues.length;
      const read: ValueRange = range.read(value, path, issues);
      if (issues.length === before && read.from > read.to) {
        issues.push({
          path,
          message: `goes from ${read.from} to ${read.to}; from must not be above to`,
        });
      }
      return read;
    },
    describe: () => ({ anyOf: [fixed.describe(), range.describe()] }),
  };
}

const fields = Object.fromEntries(
  EDIT_RANGES.map(({ name, min, max, neutral }) => [
    name,
    optional(numberOrRange(min, max), neutral),
  ]),
) as { [Name in EditName]: Schema<EditSetting> };

/** The edits of a component; absent ones are neutral. */
export const editsSchema: Schema<EditSettings> = optional(object(fields), NEUTRAL_EDITS);
