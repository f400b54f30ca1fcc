import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { type BuiltFile, brokenLimits, firstLoadBytes } from './limits.ts';
import { SOURCES_FILE, sourcesHash } from './sources.ts';

const root = resolve(import.meta.dirname, '../..');

/**
 * Makes a build fit to be served to others: puts the licences in, fails when a size limit is
 * broken, and notes what the build was made of, so that `npm start` knows when to build again.
 */
export function deployable(): Plugin {
  let folder = '';
  let base = '/';
  let made = '';
  return {
    name: 'maskwright-deployable',
    apply: 'build',
    applyToEnvironment: (environment) => environment.name === 'client',
    configResolved(config) {
      base = config.base;
    },
    buildStart() {
      made = sourcesHash(root);
    },
    generateBundle() {
      for (const name of ['LICENSE', 'NOTICE']) {
        const source = readFileSync(join(root, name));
        this.emitFile({ type: 'asset', fileName: `${name}.txt`, source });
      }
    },
    writeBundle(options) {
      folder = options.dir ?? '';
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      // Last of all, because other plugins write files of their own here.
      handler() {
        if (folder === '') return;
        const files = readBuild(folder);
        const broken = brokenLimits(files, base);
        if (broken.length > 0) this.error(broken.join('\n'));
        writeFileSync(join(folder, SOURCES_FILE), made);
        this.info(`First load: ${(firstLoadBytes(files, base) / 1000).toFixed(1)} kB after gzip.`);
      },
    },
  };
}

function readBuild(folder: string): readonly BuiltFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({
      path: relative(folder, file).replaceAll('\\', '/'),
      content: readFileSync(file),
    }));
}
