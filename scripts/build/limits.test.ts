import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  type BuiltFile,
  brokenLimits,
  FILE_BYTES,
  FIRST_LOAD_GZIP_BYTES,
  firstLoadBytes,
  firstLoadPaths,
} from './limits.ts';

const html = `<!doctype html>
  <link rel="icon" href="/icons/favicon.svg" />
  <script type="module" crossorigin src="/assets/index-1.js"></script>
  <link rel="modulepreload" crossorigin href="/assets/state-2.js">
  <link rel="stylesheet" crossorigin href="/assets/index-3.css">
  <link rel="manifest" href="/manifest.webmanifest">`;

const file = (path: string, content: Uint8Array | string): BuiltFile => ({
  path,
  content: typeof content === 'string' ? new TextEncoder().encode(content) : content,
});

/** A build whose entry script is `entry`; beside it lies a lazy script that is never counted. */
const build = (entry: Uint8Array): readonly BuiltFile[] => [
  file('index.html', html),
  file('assets/index-1.js', entry),
  file('assets/state-2.js', 'state'),
  file('assets/index-3.css', 'style'),
  file('assets/lazy-4.js', randomBytes(FIRST_LOAD_GZIP_BYTES * 2)),
];

describe('the limits of a build', () => {
  it('count the page, its scripts, their static imports and the styles', () => {
    expect(firstLoadPaths(html)).toEqual([
      'assets/index-1.js',
      'assets/state-2.js',
      'assets/index-3.css',
    ]);
    expect(firstLoadPaths('<script src="/app/a.js"></script>', '/app/')).toEqual(['a.js']);
  });

  it('add what is sent, which is gzipped', () => {
    const files = build(Buffer.from('entry'.repeat(1000)));
    const sent = [html, 'entry'.repeat(1000), 'state', 'style'];
    const bytes = sent.map((text) => gzipSync(text).byteLength).reduce((sum, size) => sum + size);
    expect(firstLoadBytes(files)).toBe(bytes);
    expect(brokenLimits(files)).toEqual([]);
  });

  it('refuse a first load that is too large, with both numbers', () => {
    const [sentence, ...more] = brokenLimits(build(randomBytes(FIRST_LOAD_GZIP_BYTES)));
    expect(sentence).toMatch(/^The first load has 8\d{4} bytes after gzip; it may have 80000\.$/);
    expect(more).toEqual([]);
  });

  it('refuse a file that static hosting refuses, by name', () => {
    const almost = file('models/a.onnx', new Uint8Array(FILE_BYTES - 1));
    const over = file('models/b.onnx', new Uint8Array(FILE_BYTES));
    const broken = brokenLimits([...build(Buffer.from('entry')), almost, over]);
    expect(broken).toEqual([expect.stringMatching(/^models\/b\.onnx has 26214400 bytes/)]);
  });

  it('refuse a page that names a script that was not built', () => {
    const files = build(Buffer.from('entry')).filter(({ path }) => path !== 'assets/state-2.js');
    expect(() => brokenLimits(files)).toThrow('assets/state-2.js');
  });
});
