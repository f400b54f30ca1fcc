import { createReadStream, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { type DerivedFile, ensureModels } from './derive.ts';

/**
 * Gives the app its model: `/models/FILE` in dev and preview of the sources, `models/FILE` in the
 * build. The files are derived when missing. Also picks the build of onnxruntime-web that loads
 * its engine from an address, because the default one starts its threads from the bundle it sits
 * in and would run our worker's code in every one of them.
 */
export function models(): Plugin {
  let files: readonly DerivedFile[] = [];
  const ensure = (log: (line: string) => void) => {
    if (files.length === 0) files = ensureModels({ log });
    return files;
  };
  return {
    name: 'maskwright-models',
    config: () => ({
      resolve: { alias: [{ find: /^onnxruntime-web\/wasm$/, replacement: engineModule() }] },
      optimizeDeps: { exclude: ['onnxruntime-web'] },
    }),
    configureServer(server) {
      server.middlewares.use('/models/', (request, response, next) => {
        const name = (request.url ?? '').split('?')[0].slice(1);
        const file = ensure((line) => server.config.logger.info(line)).find(
          (candidate) => candidate.file === name,
        );
        if (!file) return next();
        response.setHeader('Content-Type', 'application/octet-stream');
        response.setHeader('Content-Length', file.bytes);
        createReadStream(file.path).pipe(response);
      });
    },
    generateBundle() {
      // Once: the page's environment. Workers and other environments have bundles of their own.
      if (this.environment.name !== 'client') return;
      for (const { file, path } of ensure((line) => this.info(line))) {
        this.emitFile({ type: 'asset', fileName: `models/${file}`, source: readFileSync(path) });
      }
    },
  };
}

function engineModule(): string {
  const wasm = createRequire(import.meta.url).resolve(
    'onnxruntime-web/ort-wasm-simd-threaded.wasm',
  );
  return join(dirname(wasm), 'ort.wasm.min.mjs');
}
