import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOSTILE_NAMES } from '../export/annotations/testing/pictures.ts';
import { planYolo } from '../export/annotations/yolo.ts';
import { readYamlNames } from './yaml-names.ts';

const namesOf = (text: string) => {
  const read = readYamlNames(text);
  return read.ok ? [...read.value] : `line ${read.problem.line}: ${read.problem.what}`;
};
const THREE = [
  [0, 'cat'],
  [1, 'big dog'],
  [2, "it's"],
];

test.each([
  ['a block list', "names:\n  - cat\n  - big dog\n  - it's\n"],
  ['a block list at the margin', "train: x\nnames:\n- cat\n- \"big dog\"\n- 'it''s'\nnc: 3\n"],
  [
    'a block map',
    "path: ../d # here\nnames:\n  0: cat # a cat\n  1: big dog\n  2: it's\n\nnc: 3\n",
  ],
  ['a list in one line', "nc: 3\nnames: [cat, \"big dog\", 'it''s']  # three\n"],
  ['a list over lines', "names: [cat,\n  big dog,\n  it's,\n]\nnc: 3\n"],
  ['a map in one line', "names: {0: cat, 1: 'big dog', 2: \"it's\"}\r\n"],
])('%s', (_, text) => expect(namesOf(text)).toEqual(THREE));

test('what we write is read, whatever the names', () => {
  const [yaml] = planYolo([], HOSTILE_NAMES);
  expect('text' in yaml && namesOf(yaml.text)).toEqual([...HOSTILE_NAMES.entries()]);
});

test.each([
  ['nc: 3\n', 'line 1: it has no “names”'],
  ['names:\nnc: 1\n', 'line 1: “names” is empty'],
  ['a: 1\nnames:\n  cat\n', 'line 3: it is neither “- name” nor “number: name”'],
  ['names:\n  0: a\n  0: b\n', 'line 3: it is no name, or its number is there twice'],
  ['names: ["a, b]\n', 'line 1: a quote in “names” is not closed'],
  ['names: &anchor x\n', 'line 1: “names” is neither a list nor a map'],
])('%j ends in a place and a reason', (text, words) => expect(namesOf(text)).toBe(words));

test('any text ends in names or in one reason', () => {
  const part = fc.constantFrom(
    'names:',
    '- ',
    '0: ',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ',',
    '#',
    '\n',
    'a',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
      expect(readYamlNames(parts.join('')).ok).toBeTypeOf('boolean');
    }),
  );
});
