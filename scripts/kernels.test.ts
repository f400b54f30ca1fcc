import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { KERNELS, kernelFile, kernelModule } from './kernels.ts';

it.each(KERNELS)('the kernel “%s” that is shipped is what its text assembles to', async (name) => {
  expect(readFileSync(kernelFile(name), 'utf8')).toBe(await kernelModule(name));
});
