import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The TypeScript programs, one per world. `npm run check:types` compiles each. */
export const programs: readonly string[] = [
  'tsconfig.core.json',
  'tsconfig.workers.json',
  'tsconfig.page.json',
  'tsconfig.node.json',
  'edge-proxy/tsconfig.json',
];

/** The compiler's entry, a script for Node. */
export const typescript = join(
  dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
  'bin/tsc',
);
