import { describe, expect, it } from 'vitest';
import { sum, summary, tallyOfPlaywright, tallyOfVitest, withExitCode } from './tally.ts';

const vitest = {
  numPassedTests: 5,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [{ status: 'failed', assertionResults: ['a test'] }],
};

describe('the tally of a test run', () => {
  it('counts todo as skipped', () =>
    expect(tallyOfVitest(vitest)).toEqual({ passed: 5, failed: 1, skipped: 3 }));

  it('counts a file that does not load as a failure', () => {
    const testResults = [...vitest.testResults, { status: 'failed', assertionResults: [] }];
    expect(tallyOfVitest({ ...vitest, testResults }).failed).toBe(2);
  });

  it('counts a flaky test as passed', () => {
    const stats = { expected: 3, unexpected: 2, flaky: 1, skipped: 4 };
    expect(tallyOfPlaywright({ stats })).toEqual({ passed: 4, failed: 2, skipped: 4 });
  });

  it('never calls a failed runner a success', () => {
    const clean = { passed: 9, failed: 0, skipped: 0 };
    expect(withExitCode(clean, 0)).toEqual(clean);
    expect(withExitCode(clean, 1).failed).toBe(1);
    expect(withExitCode(clean, null).failed).toBe(1);
    expect(withExitCode(null, 0).failed).toBe(1);
    expect(withExitCode({ ...clean, failed: 3 }, 1).failed).toBe(3);
  });

  it('closes with one line', () => {
    const tallies = [tallyOfVitest(vitest), { passed: 1, failed: 0, skipped: 1 }];
    expect(summary(sum(tallies))).toBe('6 passed, 1 failed, 4 skipped');
    expect(summary(sum([]))).toBe('0 passed, 0 failed, 0 skipped');
  });
});
