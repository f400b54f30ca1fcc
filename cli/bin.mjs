#!/usr/bin/env node
// The command `maskwright`. A published package brings the bundle with it; a checkout makes it
// from the sources in a fraction of a second, so that it is never older than they are.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const isCheckout = existsSync(join(here, 'maskwright.ts'));
const bundle = isCheckout
  ? await (await import('./build.mjs')).buildForCheckout()
  : join(here, 'dist');
const { maskwright } = await import(pathToFileURL(join(bundle, 'maskwright.mjs')).href);

// The first Ctrl+C lets the photos in hand be finished and kept, the second ends at once.
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (stop.signal.aborted) process.exit(130);
    process.stderr.write('\nStopping after the photos in hand; once more stops at once.\n');
    stop.abort();
  });
}
// `maskwright … | head` is no error.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 4));

const code = await maskwright(process.argv.slice(2), {
  signal: stop.signal,
  ...(isCheckout && { modelsFolder: join(here, '../models/derived') }),
});
// What was written may still be on its way where pipes are asynchronous.
await new Promise((written) => process.stdout.write('', written));
// Not only set: a native library that still has threads would keep the process alive.
process.exit(code);
