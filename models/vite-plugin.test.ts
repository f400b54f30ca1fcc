import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { expect, onTestFinished, test } from 'vitest';
import { sha256 } from './derive.ts';
import manifest from './manifest.json' with { type: 'json' };
import { models } from './vite-plugin.ts';

test('a build has the pinned files under models/', async () => {
  const root = mkdtempSync(join(tmpdir(), 'maskwright-build-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>empty</title>');
  await build({ root, configFile: false, logLevel: 'silent', plugins: [models()] });
  const [{ encoder, decoder }] = manifest.models;
  expect(readdirSync(join(root, 'dist/models')).sort()).toEqual([decoder.file, encoder.file]);
  for (const { file, sha256: hash } of [encoder, decoder]) {
    expect(sha256(readFileSync(join(root, 'dist/models', file)))).toBe(hash);
  }
}, 60_000);
