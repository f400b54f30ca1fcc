import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { editGolden, GOLDEN_CASES, hexRows } from './cases.ts';

// `UPDATE_GOLDEN=1 npx vitest run web/core/edits/golden` writes the file anew; look at the diff.
const file = new URL('./edits.golden.json', import.meta.url);
const made = Object.fromEntries(
  Object.entries(GOLDEN_CASES).map(([name, edits]) => [name, hexRows(editGolden(edits))]),
);
if (process.env.UPDATE_GOLDEN) writeFileSync(file, `${JSON.stringify(made, null, 1)}\n`);

const kept: Record<string, string[]> = existsSync(file)
  ? JSON.parse(readFileSync(file, 'utf8'))
  : {};

test.each(Object.keys(GOLDEN_CASES))('%s: the bytes that were kept', (name) => {
  expect(made[name]).toEqual(kept[name]);
});

test('no picture is kept without a case', () => {
  expect(Object.keys(kept)).toEqual(Object.keys(GOLDEN_CASES));
});
