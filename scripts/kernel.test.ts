import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { kernelFile, kernelModule } from './kernel.ts';

it('the kernel that is shipped is what its text assembles to', async () => {
  expect(readFileSync(kernelFile, 'utf8')).toBe(await kernelModule());
});
