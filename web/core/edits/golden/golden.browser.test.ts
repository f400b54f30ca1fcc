import { expect, test } from 'vitest';
import { editGolden, GOLDEN_CASES, hexRows } from './cases.ts';
import kept from './edits.golden.json';

const byName: Readonly<Record<string, readonly string[]>> = kept;

test.each(Object.entries(GOLDEN_CASES))(
  '%s: the browser gives the bytes of Node',
  (name, edits) => {
    expect(hexRows(editGolden(edits))).toEqual(byName[name]);
  },
);
