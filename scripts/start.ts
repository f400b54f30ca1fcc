import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { createBuilder, type PreviewServer, preview, resolveConfig } from 'vite';
import { SOURCES_FILE, sourcesHash } from './build/sources.ts';
import { provideLocalSettings } from './local-settings.ts';

const root = resolve(import.meta.dirname, '..');
const configFile = join(root, 'vite.config.ts');

/** `npm start`: builds the app unless the build is of these sources, then serves it. */
export async function main(): Promise<void> {
  const port = Number(process.env.PORT || 4173);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    return refuse(`PORT is "${process.env.PORT}"; it must be a whole number from 1 to 65535.`);
  }
  // Asked before building: nobody should wait for a build that cannot be served.
  if (!(await isFree(port))) return refuse(taken(port));
  await buildIfNeeded();
  // Wrangler asks for nothing, reports nothing and reaches for no network.
  Object.assign(process.env, {
    WRANGLER_SEND_METRICS: 'false',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    WRANGLER_HIDE_BANNER: 'true',
  });
  provideLocalSettings(root, join(root, 'dist'));
  const server = await preview({ configFile, preview: { port, strictPort: true } }).catch(
    (error: Error) => (/in use/.test(error.message) ? null : Promise.reject(error)),
  );
  if (!server) return refuse(taken(port));
  console.log(`\nMaskwright is at http://localhost:${port} (Ctrl+C ends it).`);
  endOnSignals(server);
}

async function buildIfNeeded(): Promise<void> {
  const config = await resolveConfig({ configFile }, 'build', 'production', 'production');
  const stamp = resolve(config.root, config.environments.client.build.outDir, SOURCES_FILE);
  if (!existsSync(stamp)) console.log('Building: there is no finished build yet.');
  else if (readFileSync(stamp, 'utf8') !== sourcesHash(root)) {
    console.log('Building: the sources have changed since the last build.');
  } else return console.log('The build is up to date.');
  const checks = { pluginTimings: false };
  // Page and Worker; `build` would make the page alone.
  const builder = await createBuilder({
    configFile,
    logLevel: 'warn',
    build: { rolldownOptions: { checks } },
  });
  await builder.buildApp();
}

function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const probe = createServer();
    probe.once('error', () => answer(false));
    probe.listen(port, 'localhost', () => probe.close(() => answer(true)));
  });
}

const taken = (port: number) =>
  `Port ${port} is taken. Choose another one: PORT=${port + 1} npm start`;

function refuse(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}

function endOnSignals(server: PreviewServer): void {
  const end = () => {
    void server.close().then(() => process.exit(0));
  };
  // SIGTERM is Vite's own; a second Ctrl+C ends at once.
  process.once('SIGINT', end);
  process.once('SIGHUP', end);
}
