import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { contentSecurityPolicy, isolationHeaders } from './headers.ts';

it('the deployed site sends the headers that the preview sends', () => {
  const file = join(import.meta.dirname, '../public/_headers');
  const [pattern, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(pattern).toBe('/*');
  const sent = lines.map((line) => {
    const [name, ...value] = line.trim().split(': ');
    return [name, value.join(': ')];
  });
  expect(Object.fromEntries(sent)).toEqual({
    ...isolationHeaders,
    'Content-Security-Policy': contentSecurityPolicy,
  });
});

it('every page is cross-origin isolated: WebAssembly has its threads', () => {
  expect(isolationHeaders).toMatchObject({
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
  });
});
