import { describe, expect, test } from 'vitest';
import type { ForeignKind, ImageProblem } from './image-problem.ts';
import { describeImageProblem, describeImageWarning } from './problem-text.ts';

const PROBLEMS: readonly ImageProblem[] = [
  { kind: 'empty-file' },
  { kind: 'not-an-image', found: 'heic' },
  { kind: 'unsupported', what: 'cmyk-jpeg' },
  { kind: 'damaged', format: 'jpeg', what: 'cut-off' },
  { kind: 'damaged', format: 'png', what: 'checksum' },
  { kind: 'too-many-bytes', bytes: 41_943_041, limit: 41_943_040 },
  { kind: 'too-many-pixels', width: 20_000, height: 6_000, limit: 100_000_000 },
  { kind: 'too-many-images', limit: 150 },
  { kind: 'duplicate', of: 'first.jpg' },
  { kind: 'unreadable-file' },
  { kind: 'out-of-memory' },
  { kind: 'storage-full' },
  { kind: 'unreadable-archive' },
  { kind: 'archive-without-photos' },
  { kind: 'encrypted' },
  { kind: 'unsafe-name' },
  { kind: 'nested-archive' },
  { kind: 'unsupported-compression' },
];

describe.each(PROBLEMS)('$kind', (problem) => {
  test('names the file and says what to do, in whole sentences', () => {
    const { message, next } = describeImageProblem(problem, 'IMG_0042.jpg');
    expect(message).toContain('“IMG_0042.jpg”');
    for (const sentence of [message, next]) expect(sentence).toMatch(/^[“A-Z].*\.$/);
  });
});

test('every foreign kind has its own words', () => {
  const kinds: readonly ForeignKind[] = ['gif', 'heic', 'pdf', 'zip', 'text', 'unknown', 'video'];
  const messages = kinds.map(
    (found) => describeImageProblem({ kind: 'not-an-image', found }, 'a').message,
  );
  expect(new Set(messages).size).toBe(kinds.length);
});

test('sizes are in human units, and one byte too many does not read as the limit', () => {
  const { message } = describeImageProblem(
    { kind: 'too-many-bytes', bytes: 41_943_041, limit: 41_943_040 },
    'a.jpg',
  );
  expect(message).toBe('“a.jpg” has 40.1 MB; the limit is 40 MB.');
});

test('pixels are given as sides and megapixels', () => {
  const problem: ImageProblem = {
    kind: 'too-many-pixels',
    width: 20_000,
    height: 6_000,
    limit: 100_000_000,
  };
  expect(describeImageProblem(problem, 'a.png').message).toBe(
    '“a.png” is 20000 × 6000, 120 megapixels; the limit is 100 megapixels.',
  );
});

test('warnings name the file too', () => {
  expect(describeImageWarning({ kind: 'animated' }, 'a.png')).toContain('“a.png”');
  expect(describeImageWarning({ kind: 'wrong-extension', actual: 'png' }, 'a.jpg')).toContain(
    'PNG',
  );
});
