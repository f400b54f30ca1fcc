import { MAX_NAME, unusedName } from '../dataset/names.ts';
import { MAX_SAMPLES } from '../dataset/template.ts';
import { EDIT_RANGES } from '../edits/edits.ts';
import type { Preset } from '../edits/presets.ts';
import { isSameSetting } from '../edits/settings.ts';
import { fail, ok, type Result } from '../flow/result.ts';
import { editsSchema } from './edits-schema.ts';
import { array, integer, object, oneOf, optional, type SchemaIssue, text } from './schema.ts';

const file = object({
  maskwrightPresets: oneOf(1),
  presets: array(
    object({ name: text(MAX_NAME), edits: editsSchema, count: optional(integer(1, MAX_SAMPLES)) }),
    1,
  ),
});

/** Reads presets that somebody shared. Unknown fields are an error that names them. */
export function parsePresets(json: string): Result<readonly Preset[], readonly SchemaIssue[]> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return fail([{ path: 'the file', message: `is not JSON: ${(error as Error).message}` }]);
  }
  const issues: SchemaIssue[] = [];
  const read = file.read(value, '', issues);
  return issues.length > 0 ? fail(issues) : ok(read.presets.map(tidyPreset));
}

/** The file of some presets; neutral edits are left out. */
export function presetsToJson(presets: readonly Preset[]): string {
  const shared = presets.map(({ name, edits, count }) => ({
    name,
    edits: Object.fromEntries(
      EDIT_RANGES.filter((range) => edits[range.name] !== range.neutral).map((range) => [
        range.name,
        edits[range.name],
      ]),
    ),
    ...(count !== undefined && { count }),
  }));
  return `${JSON.stringify({ maskwrightPresets: 1, presets: shared }, null, 2)}\n`;
}

/** `list` with those of `added` that it does not hold yet; a name that is taken gets a number. */
export function mergePresets(list: readonly Preset[], added: readonly Preset[]): readonly Preset[] {
  const all = [...list];
  for (const preset of added) {
    if (all.some((one) => one.name === preset.name && doesTheSame(one, preset))) continue;
    const name = unusedName(preset.name, new Set(all.map((one) => one.name)));
    all.push({ ...preset, name });
  }
  return all;
}

function doesTheSame(a: Preset, b: Preset): boolean {
  return (
    a.count === b.count &&
    EDIT_RANGES.every(({ name }) => isSameSetting(a.edits[name], b.edits[name]))
  );
}

function tidyPreset({
  name,
  edits,
  count,
}: Omit<Preset, 'count'> & { count?: number | undefined }) {
  return { name: name.trim(), edits, ...(count !== undefined && { count }) };
}
