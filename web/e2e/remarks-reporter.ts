import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/**
 * Says at the end what was skipped and why, and what tests measured: the list alone shows a dash
 * for the one and nothing for the other.
 */
export default class RemarksReporter implements Reporter {
  private readonly lines: string[] = [];

  onTestEnd(test: TestCase, { annotations, status }: TestResult): void {
    for (const { type, description } of annotations) {
      const isSkip = type === 'skip' && status === 'skipped';
      if (isSkip) this.lines.push(`skipped: ${test.title}: ${description ?? 'no reason given'}`);
      else if (type === 'measured') this.lines.push(`measured: ${test.title}: ${description}`);
    }
  }

  onEnd(_result: FullResult): void {
    if (this.lines.length > 0) console.log(`\n${this.lines.map((line) => `  ${line}`).join('\n')}`);
  }
}
