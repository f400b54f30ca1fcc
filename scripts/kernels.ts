import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import wabt from 'wabt';

const folder = resolve(import.meta.dirname, '../web/core/simd');

/** The kernels of web/core/simd, each a text in WebAssembly's own format. */
export const KERNELS = ['recolour', 'resize'] as const;
export type KernelName = (typeof KERNELS)[number];

/** The module that holds a kernel: what its text assembles to. */
export const kernelFile = (name: KernelName): string => resolve(folder, `${name}-bytes.ts`);

/** @throws Error naming line and column of what is wrong in the text */
export async function kernelModule(name: KernelName): Promise<string> {
  const text = `${name}.wat`;
  const assembler = await wabt();
  const module = assembler.parseWat(text, readFileSync(resolve(folder, text)), { simd: true });
  try {
    module.validate();
    const base64 = Buffer.from(module.toBinary({}).buffer).toString('base64');
    return `// Assembled from ${text} by scripts/kernels.ts.\nexport const ${name.toUpperCase()} =\n  '${base64}';\n`;
  } finally {
    module.destroy();
  }
}

/** `npm run kernels` */
export async function main(): Promise<void> {
  for (const name of KERNELS) writeFileSync(kernelFile(name), await kernelModule(name));
}
