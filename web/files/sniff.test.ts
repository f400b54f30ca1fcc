import fc from 'fast-check';
import { expect, test } from 'vitest';
import { latin1 } from './bytes.ts';
import { sniff } from './sniff.ts';

test.each([
  ['\xff\xd8\xff\xe0', 'jpeg'],
  ['\x89PNG\r\n\x1a\n', 'png'],
  ['RIFF\x10\0\0\0WEBPVP8 ', 'webp'],
])('%j is an image', (start, format) => {
  expect(sniff(latin1(start))).toEqual({ kind: 'image', format });
});

test.each([
  ['GIF89a', 'gif'],
  ['\0\0\0\x18ftypheic', 'heic'],
  ['\0\0\0\x18ftypavif', 'avif'],
  ['\0\0\0\x18ftypcrx ', 'camera-raw'],
  ['\0\0\0\x18ftypisom', 'video'],
  ['II*\0\x08\0\0\0', 'tiff'],
  ['II*\0\x10\0\0\0CR\x02', 'camera-raw'],
  ['BM\x36\0', 'bmp'],
  ['%PDF-1.7', 'pdf'],
  ['PK\x03\x04', 'zip'],
  ['8BPS', 'photoshop'],
  ['RIFF\x10\0\0\0AVI LIST', 'video'],
  ['<?xml version="1.0"?>\n<svg xmlns="…"/>', 'svg'],
  ['<!DOCTYPE html><title>404</title>', 'html'],
  ['Shopping list\n- eggs', 'text'],
  ['\x01\x02\x03', 'unknown'],
  ['', 'unknown'],
])('%j is something else', (start, found) => {
  expect(sniff(latin1(start))).toEqual({ kind: 'foreign', found });
});

test('text that is cut inside a character is still text', () => {
  const text = new TextEncoder().encode('Grüße, '.repeat(200));
  for (const length of [511, 512, 513]) {
    expect(sniff(text.subarray(0, length))).toEqual({ kind: 'foreign', found: 'text' });
  }
});

test('any bytes get an answer', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
      expect(['image', 'foreign']).toContain(sniff(bytes).kind);
    }),
  );
});
