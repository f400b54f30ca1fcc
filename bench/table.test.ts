import { expect, test } from 'vitest';
import { benchRow, formatTable } from './table.ts';
import { inTurns } from './turns.ts';

test('cost is ours over other, speed is other over ours', () => {
  const times = { ours: 20, other: 100 };
  const cost = benchRow({ what: 'a', against: 'b', kind: 'cost', limit: 0.15 }, times);
  expect(cost).toMatchObject({ ratio: 0.2, bar: '≤ 0.15 ×', holds: false });
  const speed = benchRow({ what: 'a', against: 'b', kind: 'speed', limit: 5 }, times);
  expect(speed).toMatchObject({ ratio: 5, bar: '≥ 5 ×', holds: true });
  expect(formatTable({ title: 'T', rows: [cost, speed], notes: ['n'] })).toContain(
    '| a | 20.0 ms | b | 100.0 ms | 0.20 | ≤ 0.15 × | no |',
  );
});

test('jobs take turns, the first round is not counted', async () => {
  const calls: string[] = [];
  await inTurns(
    () => calls.push('ours'),
    async () => calls.push('other'),
    2,
  );
  expect(calls.join(' ')).toBe('ours other ours other ours other');
});
