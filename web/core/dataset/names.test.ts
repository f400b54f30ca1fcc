import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileStem, MAX_NAME, slug, uniqueNames, unusedName } from './names.ts';

test.each([
  ['IMG_0042.JPG', 'IMG_0042'],
  ['trip/day 1/a.b.jpg', 'a.b'],
  ['C:\\photos\\a.jpg', 'a'],
  ['.hidden', '.hidden'],
  ['none', 'none'],
  ['', ''],
])('the stem of %j is %j', (path, stem) => {
  expect(fileStem(path)).toBe(stem);
});

describe('slug', () => {
  test.each([
    ['Red Monster', 'red-monster'],
    ['  Küste  &  Meer! ', 'küste-meer'],
    ['ＩＭＧ①', 'img1'],
    ['赤い怪物', '赤い怪物'],
    ['हिन्दी', 'हिन्दी'],
    ['../../etc/passwd', 'etc-passwd'],
    ['C:\\Windows', 'c-windows'],
    ['a.b.c', 'a-b-c'],
    ['CON', 'con-file'],
    ['Lpt1', 'lpt1-file'],
    ['...', 'unnamed'],
    ['', 'unnamed'],
    ['🙂', 'unnamed'],
    ['\u0301', 'unnamed'],
  ])('%j becomes %j', (text, expected) => {
    expect(slug(text)).toBe(expected);
  });

  test('any text becomes a legal name that is its own slug', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const name = slug(text);
        expect(name).toMatch(/^[\p{Letter}\p{Number}_][\p{Letter}\p{Mark}\p{Number}_-]*$/u);
        expect(name).not.toMatch(/-$/);
        expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(125);
        expect(slug(name)).toBe(name);
      }),
    );
  });
});

describe('uniqueNames', () => {
  test('numbers what repeats and spares what is a name by itself', () => {
    expect(uniqueNames(['dog', 'Dog', 'dog-2', 'cat', 'DOG!'])).toEqual([
      'dog',
      'dog-3',
      'dog-2',
      'cat',
      'dog-4',
    ]);
  });

  test('names are all different, in order, and the same every time', () => {
    const texts = fc.array(fc.constantFrom('a', 'A', 'a-2', 'a-2-2', 'b', '', '?'), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(texts, (list) => {
        const names = uniqueNames(list);
        expect(names.length).toBe(list.length);
        expect(new Set(names).size).toBe(list.length);
        expect(uniqueNames(list)).toEqual(names);
        for (const [i, name] of names.entries()) expect(name.startsWith(slug(list[i]))).toBe(true);
      }),
    );
  });
});

test('a free name is not taken, never too long, and says what it was', () => {
  expect(unusedName('dog', new Set(['cat']))).toBe('dog');
  expect(unusedName('dog', new Set(['dog', 'dog 2']))).toBe('dog 3');
  const long = 'x'.repeat(150);
  const first = unusedName(long, new Set());
  const second = unusedName(long, new Set([first]));
  expect([first.length, second.length]).toEqual([MAX_NAME, MAX_NAME]);
  expect(second).toMatch(/^x+ 2$/);
});
