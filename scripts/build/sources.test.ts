import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourcesHash } from './sources.ts';

let root = '';
const write = (path: string, content: string) => {
  mkdirSync(join(root, dirname(path)), { recursive: true });
  writeFileSync(join(root, path), content);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'maskwright-sources-'));
  write('web/app/main.tsx', 'main');
  write('web/app/other.ts', 'other');
  write('vite.config.ts', 'config');
});
afterEach(() => rmSync(root, { recursive: true }));

describe('the hash of the sources of a build', () => {
  it('stays while nothing that a build reads changes', () => {
    const before = sourcesHash(root);
    utimesSync(join(root, 'vite.config.ts'), 1, 1);
    write('web/app/main.test.ts', 'a test');
    write('web/e2e/walk.spec.ts', 'a test');
    write('models/derived/x.onnx', 'derived');
    write('README.md', 'text');
    expect(sourcesHash(root)).toBe(before);
  });

  it('changes with every change of content, name, place or number of files', () => {
    const hashes = [sourcesHash(root)];
    const change = (what: () => void) => {
      what();
      hashes.push(sourcesHash(root));
    };
    change(() => write('web/app/main.tsx', 'niam'));
    change(() => write('public/_headers', ''));
    change(() => write('models/manifest.json', '{}'));
    change(() => write('edge-proxy/contract.ts', ''));
    change(() => write('vite.config.ts', ''));
    change(() => rmSync(join(root, 'web/app/other.ts')));
    change(() => write('web/ui/other.ts', 'other'));
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
