import { describe, expect, it } from 'vitest';
import { parseMultipart } from './multipart.ts';

const TYPE = 'multipart/form-data; boundary=xyz';
const field = (name: string, value: string): string =>
  `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`;
const body = (...parts: string[]): Buffer =>
  Buffer.from(`${parts.map((p) => `--xyz\r\n${p}\r\n`).join('')}--xyz--\r\n`);

it('reads what a standard FormData writes, bytes untouched', async () => {
  const bytes = Buffer.from([0, 13, 10, 45, 45, 255, 13, 10]);
  const form = new FormData();
  form.append('prompt', 'ein rotes Ünding\nzweite Zeile');
  form.append('image', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'a.png');
  form.append('empty', '');
  const request = new Request('http://127.0.0.1/', { method: 'POST', body: form });
  const sent = Buffer.from(await request.arrayBuffer());
  const result = parseMultipart(request.headers.get('content-type') ?? '', sent);
  expect(result).toEqual({
    ok: true,
    parts: [
      // The standard turns line breaks of plain fields into CRLF.
      {
        name: 'prompt',
        filename: null,
        contentType: null,
        data: Buffer.from('ein rotes Ünding\r\nzweite Zeile'),
      },
      { name: 'image', filename: 'a.png', contentType: 'image/png', data: bytes },
      { name: 'empty', filename: null, contentType: null, data: Buffer.alloc(0) },
    ],
  });
});

describe('refusals', () => {
  it.each<[string, string | undefined, Buffer]>([
    ['no content type', undefined, body(field('a', '1'))],
    ['another type', 'application/json', body(field('a', '1'))],
    ['no boundary', 'multipart/form-data', body(field('a', '1'))],
    ['another boundary', 'multipart/form-data; boundary=abc', body(field('a', '1'))],
    ['no closing boundary', TYPE, Buffer.from(`--xyz\r\n${field('a', '1')}\r\n`)],
    ['text after the end', TYPE, Buffer.concat([body(field('a', '1')), Buffer.from('x')])],
    ['bare line feeds', TYPE, Buffer.from(body(field('a', '1')).toString().replaceAll('\r', ''))],
    ['a part without a name', TYPE, body('Content-Disposition: form-data\r\n\r\n1')],
    [
      'a part that is an attachment',
      TYPE,
      body('Content-Disposition: attachment; name="a"\r\n\r\n1'),
    ],
    ['a part without headers', TYPE, body('just text')],
    ['a preamble', TYPE, Buffer.concat([Buffer.from('hi\r\n'), body(field('a', '1'))])],
  ])('%s', (_name, type, raw) => {
    expect(parseMultipart(type, raw).ok).toBe(false);
  });
});
