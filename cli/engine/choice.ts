import { createRequire } from 'node:module';
import type * as Native from 'onnxruntime-node';
import type * as Web from 'onnxruntime-web';
import manifest from '../../models/manifest.json' with { type: 'json' };
import type { ModelRecord } from '../../web/core/export/manifest.ts';
import type { Tier } from '../../web/core/segmentation/tiers.ts';
import { Failure } from '../problem.ts';

export const PROVIDERS = ['cpu', 'cuda', 'webgpu'] as const;
export type Provider = (typeof PROVIDERS)[number];

/**
 * What runs the model: `exact` is the browser's own WebAssembly, for masks that are equal to the
 * last bit on every machine; the others are onnxruntime's native build.
 */
export type EngineChoice = Provider | 'exact';

const require = createRequire(import.meta.url);

/** `onnxruntime-web 1.30.0, wasm`, as the browser's manifest says it, or `onnxruntime-node 1.30.0, cpu`. */
function backendOf(choice: EngineChoice): string {
  if (choice === 'exact') {
    const { env } = require('onnxruntime-web') as typeof Web;
    return `onnxruntime-web ${env.versions.web ?? env.versions.common}, wasm`;
  }
  const { version } = require('onnxruntime-node/package.json') as { readonly version: string };
  return `onnxruntime-node ${version}, ${choice}`;
}

/** What the dataset's manifest says about the masks. */
export function modelRecord(choice: EngineChoice, tier: Tier): ModelRecord {
  const [model] = manifest.models;
  return {
    id: model.id,
    encoderSha256: model.encoder.sha256,
    decoderSha256: model.decoder.sha256,
    tier,
    backend: backendOf(choice),
  };
}

/**
 * The choice that the command line makes.
 * @throws Failure for a provider that this installation does not have
 */
export function chooseEngine(provider: string | undefined, isExact: boolean): EngineChoice {
  if (isExact) {
    if (provider === undefined || provider === 'cpu') return 'exact';
    throw new Failure(
      'usage',
      `--exact runs on the CPU, not on ${provider}.`,
      'Leave out --exact or --provider.',
    );
  }
  const choice = PROVIDERS.find((name) => name === (provider ?? 'cpu'));
  if (!choice) {
    throw new Failure(
      'usage',
      `--provider ${provider} is none of ${PROVIDERS.join(', ')}.`,
      'Choose one of them, or leave it out for cpu.',
    );
  }
  if (choice !== 'cpu' && !installedProviders().includes(choice)) {
    throw new Failure(
      'engine',
      `The onnxruntime-node installed here has no ${choice} provider.`,
      'Install it for that provider (docs/runner.md, “Graphics cards”), or leave out --provider.',
    );
  }
  return choice;
}

function installedProviders(): readonly string[] {
  const ort = require('onnxruntime-node') as typeof Native;
  return ort.listSupportedBackends().map(({ name }) => name);
}
