import { expect, test } from 'vitest';
import { formatBytes, formatDuration, formatRate, plural } from './format.ts';

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1.0 KB'],
  [81_200, '81 KB'],
  [999_600, '1.0 MB'],
  [1_372_686, '1.4 MB'],
  [15_000_000_000, '15 GB'],
])('%d bytes read as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [0, '0 s'],
  [59.4, '59 s'],
  [60, '1 min 00 s'],
  [125, '2 min 05 s'],
  [3600, '1 h 00 min'],
  [4325, '1 h 12 min'],
])('%d seconds read as %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test('counts agree with their noun', () => {
  expect(plural(1, 'photo')).toBe('1 photo');
  expect(plural(1200, 'photo')).toBe('1,200 photos');
  expect(plural(0, 'box', 'boxes')).toBe('0 boxes');
});

test('a rate is told in the unit that gives a plain number', () => {
  expect(formatRate(3.21)).toBe('3.2 a second');
  expect(formatRate(12.4)).toBe('12 a second');
  expect(formatRate(0.9999)).toBe('1.0 a second');
  expect(formatRate(0.75)).toBe('45 a minute');
  expect(formatRate(0.0022)).toBe('8 an hour');
});
