// Runs a TypeScript file with its imports: `node scripts/run.mjs FILE [ARGUMENTS…]`.
// Node 20 cannot strip types; Vite, which the project has anyway, can.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runnerImport } from 'vite';

const [file, ...rest] = process.argv.slice(2);
if (!file) {
  console.error('Usage: node scripts/run.mjs FILE [ARGUMENTS…]');
  process.exit(2);
}
process.argv = [process.argv[0], resolve(file), ...rest];
const { module } = await runnerImport(pathToFileURL(resolve(file)).href, {
  configFile: false,
  logLevel: 'warn',
});
await module.main?.(rest);
