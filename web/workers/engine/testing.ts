import { ok } from '../../core/flow/result.ts';
import type { EngineReport, EngineSource } from './contract.ts';
import type { OpenSession } from './start.ts';

const file = (name: string) => ({
  file: name,
  url: `/${name}`,
  bytes: 1,
  sha256: `hash of ${name}`,
});

/** A source for tests that open their sessions themselves. */
export const engineSource: EngineSource = {
  id: 'test',
  encoder: file('encoder.onnx'),
  decoder: file('decoder.onnx'),
  wasm: file('engine.wasm'),
  script: '/engine.mjs',
};

export const engineReport: EngineReport = {
  backend: 'wasm',
  threads: 1,
  reason: 'single-core',
  startMs: 0,
  engine: 'test',
};

/** Opens this session without loading anything. */
export function loads<Session>(session: Session): OpenSession<Session> {
  return async () => ok({ session, report: engineReport });
}
