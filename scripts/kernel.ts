import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import wabt from 'wabt';

const folder = resolve(import.meta.dirname, '../web/core/edits/simd');

/** The module that holds the kernel: what web/core/edits/simd/recolour.wat assembles to. */
export const kernelFile = resolve(folder, 'kernel-bytes.ts');

/** @throws Error naming line and column of what is wrong in the text */
export async function kernelModule(): Promise<string> {
  const name = 'recolour.wat';
  const assembler = await wabt();
  const module = assembler.parseWat(name, readFileSync(resolve(folder, name)), { simd: true });
  try {
    module.validate();
    const base64 = Buffer.from(module.toBinary({}).buffer).toString('base64');
    return `// Assembled from ${name} by scripts/kernel.ts.\nexport const KERNEL_BASE64 =\n  '${base64}';\n`;
  } finally {
    module.destroy();
  }
}

/** `node scripts/run.mjs scripts/kernel.ts` */
export async function main(): Promise<void> {
  writeFileSync(kernelFile, await kernelModule());
}
