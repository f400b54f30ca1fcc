import 'fake-indexeddb/auto';
import { spawnSync } from 'node:child_process';
import JSZip from 'jszip';
import { describe, expect, test, vi } from 'vitest';
import type { DoneVariant } from '../../core/dataset/variant.ts';
import { pictureOf, SHAPES } from '../../core/export/annotations/testing/pictures.ts';
import type { PlannedFile } from '../../core/export/planned-file.ts';
import { createRaster } from '../../core/raster/raster.ts';
import { sha256Hex } from '../../files/hash.ts';
import { createNodeCodecs } from '../../files/node.ts';
import { getMeasuredOutputs, putChecksums } from '../../storage/checksums.ts';
import { createDatabase } from '../../storage/database.ts';
import { putVariant } from '../../storage/variants.ts';
import { createArchiver } from './archive.ts';

const database = createDatabase();
const archiver = createArchiver(database, createNodeCodecs());
const shapes = Object.values(SHAPES);
const images = shapes.map((mask, i) =>
  pictureOf(mask, {
    id: i + 1,
    name: `t_${i}`,
    classIndex: i * 12,
    split: i % 2 ? 'val' : 'train',
  }),
);

async function build(files: readonly PlannedFile[]): Promise<Uint8Array> {
  const built = await archiver.build(files, () => {});
  if (!built.ok) throw new Error(JSON.stringify(built.problem));
  return new Uint8Array(await built.value.arrayBuffer());
}

const made: PlannedFile[] = [
  {
    path: 'coco.json',
    make: { kind: 'coco', coco: { source: 's', classes: ['cat'], images, segmentation: 'rle' } },
  },
  ...images.flatMap((image): PlannedFile[] => [
    { path: `${image.name}.png`, make: { kind: 'voc-mask', image } },
    { path: `${image.name}.xml`, make: { kind: 'voc-xml', image } },
    { path: `${image.name}.txt`, make: { kind: 'yolo-label', image } },
  ]),
];

describe('files that are made while the archive is written', () => {
  test('VOC masks have the class in the palette’s colour, exactly inside the mask', async () => {
    const zip = await JSZip.loadAsync(await build(made), { checkCRC32: true });
    const codecs = createNodeCodecs();
    for (const [i, mask] of shapes.entries()) {
      const bytes = await zip.file(`t_${i}.png`)?.async('uint8array');
      const { width, height, data } = await codecs.png.decode(Uint8Array.from(bytes ?? []));
      expect([width, height]).toEqual([mask.width, mask.height]);
      // The palette's rule for one colour: bits 0, 3, 6 of the index are the top bits of red.
      const index = i * 12 + 1;
      const red = ((index & 1) << 7) | (((index >> 3) & 1) << 6) | (((index >> 6) & 1) << 5);
      for (let pixel = 0; pixel < mask.data.length; pixel += 1) {
        expect(data[pixel * 4]).toBe(mask.data[pixel] * red);
        expect(data[pixel * 4 + 3]).toBe(255);
      }
    }
  });

  test('text is whole, and the same every time', async () => {
    const first = await build(made);
    expect(Buffer.compare(first, await build(made))).toBe(0);
    const zip = await JSZip.loadAsync(first);
    const coco = JSON.parse((await zip.file('coco.json')?.async('string')) ?? '');
    expect(coco.images).toHaveLength(shapes.length);
    expect(await zip.file('t_0.txt')?.async('string')).toMatch(/^0 [\d. ]+\n$/);
    expect(await zip.file('t_0.xml')?.async('string')).toContain('<name>cat</name>');
  });

  const script = `
import io, json, sys, zipfile, xml.etree.ElementTree as tree
zip = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
assert zip.testzip() is None
for name in zip.namelist():
    if name.endswith('.json'): json.loads(zip.read(name))
    if name.endswith('.xml'): tree.fromstring(zip.read(name))
    if name.endswith('.txt'): [[float(x) for x in line.split()] for line in zip.read(name).decode().splitlines()]
print(len(zip.namelist()))`;
  const python = (input: Uint8Array) =>
    spawnSync('python3', ['-c', script], { input, encoding: 'utf8' });

  test.skipIf(spawnSync('python3', ['--version']).status !== 0)('Python reads them', async () => {
    const { stdout, stderr } = python(await build(made));
    expect(stderr).toBe('');
    expect(Number(stdout)).toBe(made.length);
  });
});

test('one stored picture can be in the archive twice, and one that is gone is named', async () => {
  const bytes = (text: string) => new Blob([text]);
  await putVariant(
    database,
    {
      key: 'k',
      photo: 'p',
      templateId: 't',
      status: 'done',
      format: 'png',
      imageSha256: '',
      maskSha256: '',
      imageBytes: 1,
      maskBytes: 1,
      maskRle: '',
      components: [],
    },
    { image: bytes('image'), mask: bytes('mask'), thumbnail: bytes('thumbnail') },
  );
  const stored = (path: string, key = 'k'): PlannedFile => ({
    path,
    key,
    role: 'image',
    sha256: 's',
  });
  const zip = await JSZip.loadAsync(await build([stored('a.png'), stored('b/a.png')]));
  expect(await zip.file('a.png')?.async('string')).toBe('image');
  expect(await zip.file('b/a.png')?.async('string')).toBe('image');
  const gone = await archiver.build([stored('c.png', 'gone')], () => {});
  expect(gone).toEqual({ ok: false, problem: { kind: 'output-missing', path: 'c.png' } });
});

describe('a result in the archive', () => {
  const key = 'overlaid';
  const mask = SHAPES['a part with two holes'];
  const image = pictureOf(mask, { key });
  const codecs = createNodeCodecs();

  test('has an overlay, and is read once for all archives', async () => {
    const png = await codecs.png.encode(createRaster(mask.width, mask.height));
    const bytes = new Blob([Uint8Array.from(png)]);
    const variant = {
      key,
      photo: 'p',
      templateId: 't',
      status: 'done',
      format: 'png',
      imageSha256: '',
      maskSha256: '',
      imageBytes: bytes.size,
      maskBytes: bytes.size,
      maskRle: image.rle,
      components: [],
    } as unknown as DoneVariant;
    await putVariant(database, variant, { image: bytes, mask: bytes, thumbnail: bytes });
    const imageFile = async (content: Blob): Promise<PlannedFile> => ({
      path: 'a.png',
      key,
      role: 'image',
      sha256: await sha256Hex(content),
    });
    const plan: PlannedFile[] = [
      await imageFile(bytes),
      { path: 'overlays/a.jpg', make: { kind: 'overlay', image } },
    ];
    const first = await build(plan);
    const outputs = await getMeasuredOutputs(database, [{ key, role: 'image' }]);
    expect(outputs.ok && outputs.value[0]?.checksum).toMatchObject({ bytes: bytes.size });
    expect(Buffer.compare(await build(plan), first)).toBe(0);
    const zip = await JSZip.loadAsync(first, { checkCRC32: true });
    const jpeg = await zip.file('overlays/a.jpg')?.async('uint8array');
    const { raster } = await codecs.jpeg.decode(Uint8Array.from(jpeg ?? []));
    expect([raster.width, raster.height]).toEqual([mask.width, mask.height]);

    // New bytes under the same key are measured anew, even if a slower archive keeps an old checksum.
    const other = new Blob(['other']);
    await putVariant(database, variant, { image: other, mask: other, thumbnail: other });
    const late = { crc: 1, bytes: other.size, sha256: await sha256Hex(bytes) };
    await putChecksums(database, new Map([[`${key}/image`, late]]));
    const again = await JSZip.loadAsync(await build([await imageFile(other)]), {
      checkCRC32: true,
    });
    expect(await again.file('a.png')?.async('string')).toBe('other');
  });
});

test('of a second archive only what changed is asked for; the bytes are a new one’s', async () => {
  const put = (key: string, content: string) => {
    const blob = new Blob([content]);
    const row = { key, photo: 'p', templateId: 't', status: 'done', components: [] };
    const variant = row as unknown as DoneVariant;
    return putVariant(database, variant, { image: blob, mask: blob, thumbnail: blob });
  };
  const keys = Array.from({ length: 300 }, (_, i) => `many-${i}`);
  for (const key of keys) await put(key, `bytes of ${key}`);
  const planned = (key: string, sha256: string): PlannedFile => ({
    path: `variants/${key}.png`,
    key,
    role: 'image',
    sha256,
  });
  const plan = keys.map((key) => planned(key, `sha of ${key}`));
  const reports: number[] = [];
  const first = await archiver.build(plan, ({ files }) => reports.push(files));
  expect(first.ok).toBe(true);
  expect(reports.at(-1)).toBe(plan.length);

  await put(keys[100], 'something else');
  plan[100] = planned(keys[100], 'sha of something else');
  const read = vi.spyOn(IDBObjectStore.prototype, 'get');
  const second = await build(plan);
  const asked = read.mock.calls.length;
  read.mockRestore();
  expect(asked).toBeGreaterThan(0);
  // Of a group of twelve at most, bytes and checksum.
  expect(asked).toBeLessThanOrEqual(24);
  const anew = await createArchiver(database, createNodeCodecs()).build(plan, () => {});
  expect(anew.ok && Buffer.compare(new Uint8Array(await anew.value.arrayBuffer()), second)).toBe(0);
  const zip = await JSZip.loadAsync(second, { checkCRC32: true });
  expect(await zip.file(`variants/${keys[100]}.png`)?.async('string')).toBe('something else');
});

test('an archive that is cancelled ends so, and the next one is whole', async () => {
  const plan = made.slice(0, 4);
  const cancelled = archiver.build(plan, () => void archiver.cancel());
  expect(await cancelled).toEqual({ ok: false, problem: { kind: 'cancelled' } });
  expect((await JSZip.loadAsync(await build(plan))).files).toHaveProperty('coco.json');
});
