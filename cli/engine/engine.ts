import { createRequire } from 'node:module';
import type * as Native from 'onnxruntime-node';
import type * as Web from 'onnxruntime-web';
import { type DerivedFile, ensureModels } from '../../models/derive.ts';
import type { DecoderSession, EncoderSession } from '../../web/core/segmentation/sessions.ts';
import { decoderSession, encoderSession } from '../../web/workers/engine/sessions.ts';
import { Failure, textOf } from '../problem.ts';
import type { EngineChoice } from './choice.ts';

/** The model, loaded. Each has one thread of its own, so that threads do not change numbers. */
export interface Engine {
  readonly encoder: EncoderSession;
  readonly decoder: DecoderSession;
}

export interface EngineOptions {
  readonly choice: EngineChoice;
  /** Where the derived model files are, or go. */
  readonly modelsFolder: string;
  /** Threads inside one run of the model; 1 where several photos are worked on side by side. */
  readonly threads: number;
}

const require = createRequire(import.meta.url);

/**
 * Makes the model's files where they are missing. Done once before threads open them: two threads
 * of one process would write to one temporary file.
 * @throws Failure when they cannot be made
 */
export function prepareModels(modelsFolder: string): readonly DerivedFile[] {
  try {
    return ensureModels({ folder: modelsFolder });
  } catch (error) {
    throw new Failure(
      'engine',
      `The model’s files cannot be made in ${modelsFolder}: ${textOf(error)}.`,
      'Name a folder that may be written with MASKWRIGHT_MODELS, or install again with npm ci.',
    );
  }
}

/** @throws Failure when the model's files or the engine do not work on this machine */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const [encoder, decoder] = prepareModels(options.modelsFolder);
  try {
    return options.choice === 'exact'
      ? await openWasm(encoder.path, decoder.path, options.threads)
      : await openNative(encoder.path, decoder.path, options.threads, options.choice);
  } catch (error) {
    throw new Failure(
      'engine',
      `The model does not start (${options.choice}): ${inWords(error)}.`,
      options.choice === 'cuda' || options.choice === 'webgpu'
        ? 'Leave out --provider, or see docs/runner.md, “Graphics cards”.'
        : 'Install again with npm ci.',
    );
  }
}

/** The engine's own words without the place in its source that they come from. */
function inWords(error: unknown): string {
  const text = textOf(error).replace(/\s+/g, ' ').trim();
  return text.replace(/^\/\S+\.\w+:\d+ .* was (?:false|true)\. /, '').replace(/\.$/, '');
}

async function openNative(encoder: string, decoder: string, threads: number, provider: string) {
  const ort = require('onnxruntime-node') as typeof Native;
  // What goes wrong is thrown, and told once.
  ort.env.logLevel = 'fatal';
  const open = (file: string) =>
    ort.InferenceSession.create(file, {
      executionProviders: [provider],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
    });
  return {
    encoder: encoderSession(await open(encoder), ort.Tensor),
    decoder: decoderSession(await open(decoder), ort.Tensor),
  };
}

/** The same WebAssembly as in the browser; how many threads it has does not change its numbers. */
async function openWasm(encoder: string, decoder: string, threads: number) {
  const ort = require('onnxruntime-web') as typeof Web;
  ort.env.wasm.numThreads = threads;
  const open = (file: string) =>
    ort.InferenceSession.create(file, { executionProviders: ['wasm'] });
  return {
    encoder: encoderSession(await open(encoder), ort.Tensor),
    decoder: decoderSession(await open(decoder), ort.Tensor),
  };
}
