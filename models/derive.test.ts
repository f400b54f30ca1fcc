import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { derive, ensureModels, sha256, sourcePath } from './derive.ts';
import manifest from './manifest.json' with { type: 'json' };
import { RECIPES } from './recipes.ts';

const [model] = manifest.models;
const folder = mkdtempSync(join(tmpdir(), 'maskwright-models-'));
const resolve = createRequire(import.meta.url).resolve;
afterAll(() => rmSync(folder, { recursive: true }));

test.each(RECIPES)('$role: the same bytes every time, those of the manifest', (recipe) => {
  const bytes = derive(recipe);
  const pinned = model[recipe.role];
  expect(sha256(bytes)).toBe(pinned.sha256);
  expect(sha256(derive(recipe))).toBe(pinned.sha256);
  expect(bytes).toHaveLength(pinned.bytes);
  expect(pinned.file).toBe(`${recipe.name}.${pinned.sha256.slice(0, 8)}.onnx`);
});

test('the manifest tells the truth about its sources', () => {
  const version = (name: string) =>
    JSON.parse(readFileSync(join(sourcePath('..'), name, 'package.json'), 'utf8')).version;
  expect(version(model.source.package)).toBe(model.source.version);
  expect(version(manifest.engine.package)).toBe(manifest.engine.version);
  for (const { path, bytes, sha256: hash } of model.source.files) {
    const source = readFileSync(sourcePath(path));
    expect([source.length, sha256(source)]).toEqual([bytes, hash]);
  }
  const wasm = readFileSync(resolve(`onnxruntime-web/${manifest.engine.wasm.file}`));
  expect(manifest.engine.wasm).toMatchObject({ bytes: wasm.length, sha256: sha256(wasm) });
});

test('every file is below the 25 MiB that a static host takes', () => {
  for (const { bytes } of [model.encoder, model.decoder, manifest.engine.wasm]) {
    expect(bytes).toBeLessThan(25 * 2 ** 20);
  }
});

test('files are made once, and again when they are damaged', () => {
  const lines: string[] = [];
  const ensure = () => ensureModels({ folder, log: (line) => lines.push(line) });
  const [encoder, decoder] = ensure();
  expect(lines).toEqual([`Made: ${encoder.file}`, `Made: ${decoder.file}`]);
  ensure();
  expect(lines).toHaveLength(2);

  writeFileSync(decoder.path, 'not a model');
  ensure();
  expect(lines.slice(2)).toEqual([`Damaged, made again: ${decoder.file}`]);
  expect(sha256(readFileSync(decoder.path))).toBe(decoder.sha256);
});
