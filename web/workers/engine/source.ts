import script from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import manifest from '../../../models/manifest.json' with { type: 'json' };
import type { PinnedFile } from '../../remote/models.ts';
import type { EngineSource } from './contract.ts';

/** The golden mask of `engineSource()`'s model, see web/core/segmentation/golden.ts. */
export const goldenRuns: readonly number[] = manifest.models[0].golden.runs;

/**
 * What the workers load: the manifest's first model and the engine.
 * @param base where the app is served, `/` by default.
 */
export function engineSource(base: string = import.meta.env.BASE_URL): EngineSource {
  const [model] = manifest.models;
  return {
    id: model.id,
    encoder: pinned(model.encoder, `${base}models/${model.encoder.file}`),
    decoder: pinned(model.decoder, `${base}models/${model.decoder.file}`),
    wasm: pinned(manifest.engine.wasm, wasm),
    script: new URL(script, location.href).href,
  };
}

function pinned(row: Omit<PinnedFile, 'url'>, url: string): PinnedFile {
  // Workers resolve addresses against their own script, not against the page.
  return {
    file: row.file,
    bytes: row.bytes,
    sha256: row.sha256,
    url: new URL(url, location.href).href,
  };
}
