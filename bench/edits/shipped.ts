import { resolve } from 'node:path';
import { runInThisContext } from 'node:vm';
import { build } from 'vite';
import type { applyEdits } from '../../web/core/edits/apply.ts';

export type ShippedEdits = typeof applyEdits;

const source = resolve(import.meta.dirname, '../../web/core/edits/apply.ts');

/**
 * `applyEdits` bundled as the page's workers have it. The runner that starts the bench looks up
 * every imported name at every call, which no visitor pays for.
 */
export async function shippedEdits(): Promise<ShippedEdits> {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: { write: false, lib: { entry: source, formats: ['iife'], name: 'shipped' } },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  if (!('output' in bundle)) throw new Error('The bundler watches instead of building.');
  const shipped: { readonly applyEdits: ShippedEdits } = runInThisContext(
    `${bundle.output[0].code}\nshipped;`,
  );
  return shipped.applyEdits;
}
