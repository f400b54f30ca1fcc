import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { command, temporaryFolder, writeFiles } from '../testing/command.ts';
import { pictureFile, WHOLE_RECIPE } from '../testing/pictures.ts';
import { type S3Double, startS3Double } from '../testing/s3-double.ts';
import { createS3Client } from './client.ts';
import { listObjects } from './objects.ts';
import { uploadStream } from './upload.ts';

const folder = temporaryFolder();
const recipe = join(folder, 'recipe.json');
/** Names that a signature has to get right. */
const NAMES = ['a b.png', 'plus+and&.png', 'ümläut/ß (1).png', "it's!*.png", 'e%20.png'];
let double: S3Double;
let here: string;

const clientOf = (s3: S3Double) =>
  createS3Client({
    url: s3.url,
    region: s3.keys.region,
    credentials: async () => s3.keys,
    pause: async () => {},
  });

beforeAll(async () => {
  double = await startS3Double('bucket');
  here = join(folder, 'here.zip');
  const photos = await Promise.all(NAMES.map((_, i) => pictureFile(i)));
  writeFiles(folder, {
    'recipe.json': JSON.stringify(WHOLE_RECIPE),
    ...Object.fromEntries(NAMES.map((name, i) => [`photos/${name}`, photos[i]])),
  });
  NAMES.forEach((name, i) => void double.objects.set(`bucket/in/${name}`, Buffer.from(photos[i])));
  expect((await command(['run', recipe, join(folder, 'photos'), '-o', here])).code).toBe(0);
});
beforeEach(() => double.failNext(0, 0));
afterAll(() => double.close());

const s3 = (...words: readonly string[]) => command(words, { environment: double.environment });

describe('with an object store that computes every signature anew', () => {
  test('photos and archive in the bucket: the same bytes as on the disk', async () => {
    const ran = await s3('run', recipe, 's3://bucket/in/', '-o', 's3://bucket/out/set.zip');
    expect(ran).toMatchObject({ code: 0 });
    expect(double.objects.get('bucket/out/set.zip')).toEqual(readFileSync(here));
    expect([...double.objects.keys()].filter((key) => key.includes('.work/'))).toEqual([]);
  });

  test('shards in the bucket merge to a dataset in the bucket, copied inside it', async () => {
    for (const shard of ['1/3', '2/3', '3/3']) {
      const ran = await s3(
        'run',
        recipe,
        's3://bucket/in',
        '-o',
        's3://bucket/work',
        '--shard',
        shard,
      );
      expect(ran).toMatchObject({ code: 0 });
    }
    const before = double.requests.length;
    expect(await s3('merge', 's3://bucket/work', '-o', 's3://bucket/set')).toMatchObject({
      code: 0,
    });
    const pictures = double.requests
      .slice(before)
      .filter((request) => /^GET .*objects\/.*png$/.test(request));
    expect(pictures).toEqual([]);
    expect(double.objects.has('bucket/set/variants/warm/a-b.png')).toBe(true);
    const there = join(folder, 'there.zip');
    expect(await s3('merge', 's3://bucket/work', '-o', there)).toMatchObject({ code: 0 });
    expect(readFileSync(there)).toEqual(readFileSync(here));
  });

  test('a worker that goes on reads no photo again', async () => {
    double.requests.length = 0;
    const again = await s3(
      ...['run', recipe, 's3://bucket/in', '-o', 's3://bucket/work', '--shard', '2/3', '--resume'],
    );
    expect(again).toMatchObject({ code: 0 });
    expect(double.requests.filter((request) => request.startsWith('GET bucket/in/'))).toEqual([]);
  });

  test('a busy store is asked again; one that stays busy ends the command', async () => {
    double.failNext(503, 2);
    const names: string[] = [];
    for await (const { key } of listObjects(clientOf(double), { bucket: 'bucket', key: 'in/' })) {
      names.push(key);
    }
    expect(names).toHaveLength(NAMES.length);
    double.failNext(503, 99);
    const listing = listObjects(clientOf(double), { bucket: 'bucket', key: 'in/' }).next();
    await expect(listing).rejects.toThrow(/cannot be reached .*503 SlowDown/);
  });

  test('a stream becomes one object in parts, or none', async () => {
    const address = { bucket: 'bucket', key: 'stream' };
    async function* stream(fail: boolean) {
      for (let i = 0; i < 10; i++) yield new Uint8Array(5).fill(i);
      if (fail) throw new Error('the source broke');
    }
    await expect(uploadStream(clientOf(double), address, stream(true), 16)).rejects.toThrow(
      'broke',
    );
    expect(double.objects.has('bucket/stream')).toBe(false);
    await uploadStream(clientOf(double), address, stream(false), 16);
    expect(double.objects.get('bucket/stream')?.length).toBe(50);
    expect(double.requests).toContain('DELETE bucket/stream');
  });

  test('presigned addresses in a list need no credentials, and are never shown', async () => {
    const list = NAMES.map(
      (name) =>
        `${double.url}/bucket/in/${name.split('/').map(encodeURIComponent).join('/')}?X-Test-Presigned=1`,
    );
    writeFiles(folder, { 'list.txt': list.join('\n') });
    const out = join(folder, 'from-list');
    const ran = await command(['run', recipe, join(folder, 'list.txt'), '-o', out]);
    expect(ran).toMatchObject({ code: 0 });
    const manifest = readFileSync(join(out, 'manifest.json'), 'utf8');
    expect(JSON.parse(manifest).counts).toEqual({ done: 15, failed: 0 });
    expect(manifest + ran.stderr).not.toContain('Presigned');
    writeFiles(folder, { 'gone.txt': `${double.url}/bucket/in/gone.png?X-Test-Presigned=1` });
    const gone = await command(['run', recipe, join(folder, 'gone.txt'), '-o', `${out} of none`]);
    expect(gone.stderr).toContain('“bucket/in/gone.png” cannot be read: HTTP 404.');
    expect(gone.code).toBe(1);
  });
});

test('a presigned address takes the archive, whole, and is never shown', async () => {
  const to = (name: string) => `${double.url}/bucket/signed/${name}?X-Test-Presigned=1`;
  const words = ['run', recipe, join(folder, 'photos'), '-o'];
  const before = process.cwd();
  process.chdir(folder);
  try {
    const ran = await command([...words, to('set.zip')]);
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stderr).not.toContain('Presigned');
    expect(double.objects.get('bucket/signed/set.zip')).toEqual(readFileSync(here));
    expect(existsSync('set.zip.work')).toBe(false);

    const refused = await command([...words, `${double.url}/nowhere/set.zip?X-Test-Presigned=1`]);
    expect(refused.code).toBe(4);
    expect(refused.stderr).toMatch(/nowhere\/set\.zip did not take the archive: HTTP 404\./);
    expect(refused.stderr).not.toContain('Presigned');
    // Kept for --resume under an address that is signed anew.
    expect(existsSync('set.zip.work/photos.jsonl')).toBe(true);

    const folderWanted = await command([...words, to('set')]);
    expect(folderWanted.code).toBe(2);
  } finally {
    process.chdir(before);
  }
});

describe('what goes wrong with a bucket is one line and an exit code', () => {
  test.each([
    ['a bucket that is not there', ['s3://elsewhere/in'], {}, 3, /no bucket elsewhere/],
    ['a prefix without photos', ['s3://bucket/nothing'], {}, 3, /holds no objects/],
    [
      'a wrong key',
      ['s3://bucket/in/'],
      { AWS_SECRET_ACCESS_KEY: 'x' },
      3,
      /SignatureDoesNotMatch/,
    ],
    ['no credentials', ['s3://bucket/in'], { AWS_ACCESS_KEY_ID: '' }, 3, /no credentials/],
    ['no address of a bucket', ['s3://Nope!/in'], {}, 2, /no address of a bucket/],
  ])('%s', async (_, inputs, environment, code, message) => {
    const ran = await command(['run', recipe, ...inputs, '-o', join(folder, 'never.zip')], {
      environment: { ...double.environment, ...environment },
    });
    expect(ran.code).toBe(code);
    expect(ran.stderr.trim().split('\n')).toHaveLength(1);
    expect(ran.stderr).toMatch(message);
  });
});
