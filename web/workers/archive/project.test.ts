import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Photo } from '../../core/dataset/photo.ts';
import type { DoneVariant } from '../../core/dataset/variant.ts';
import { NEUTRAL_EDITS } from '../../core/edits/edits.ts';
import { parsePresets, presetsToJson } from '../../core/export/preset-file.ts';
import { OUTPUT_DEFAULTS } from '../../core/export/recipe.ts';
import { drawnMask } from '../../core/mask/testing/masks.ts';
import { givenMaskId } from '../../core/transfer/given-mask.ts';
import { sha256Hex } from '../../files/hash.ts';
import { encodeMaskPng } from '../../files/mask-png/encode-mask.ts';
import { createNodeCodecs } from '../../files/node.ts';
import { createDatabase, type Database } from '../../storage/database.ts';
import { getGivenMask, putGivenTemplates } from '../../storage/given-masks.ts';
import { getFile, listPhotos, putPhoto } from '../../storage/photos.ts';
import type { StoredTemplate } from '../../storage/schema.ts';
import { getSetting, putSetting } from '../../storage/settings.ts';
import { listTemplates, putTemplate } from '../../storage/templates.ts';
import { getOutput, listVariants, putVariant } from '../../storage/variants.ts';
import { createArchiver } from './archive.ts';
import type { ImportMode } from './contract.ts';

const codecs = createNodeCodecs();
const pictures = [drawnMask('#..', '...'), drawnMask('.#', '..', '##')];
const theirs = { name: 'theirs', edits: { ...NEUTRAL_EDITS, hue: { from: -9, to: 9 } }, count: 3 };
const given = { width: 3, height: 2, rle: '051' };

let count = 0;
function freshDatabase(): Database {
  count += 1;
  return createDatabase(`project-${count}`);
}
const archiverOf = (database: Database) => createArchiver(database, codecs);

async function read<Value>(
  asked: Promise<{ ok: true; value: Value } | { ok: false; problem: unknown }>,
): Promise<Value> {
  const answer = await asked;
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
  return answer.value;
}

/** A project with two photos, a template of clicks, one of given masks, and a result. */
async function fillProject(database: Database): Promise<Photo[]> {
  const photos: Photo[] = [];
  for (const [order, mask] of pictures.entries()) {
    const bytes = encodeMaskPng(mask);
    const photo: Photo = {
      hash: await sha256Hex(bytes),
      name: `${order}.png`,
      folder: '',
      format: 'png',
      width: mask.width,
      height: mask.height,
      bytes: bytes.length,
      grayscale: true,
      warnings: [],
      order,
    };
    photos.push(photo);
    await read(putPhoto(database, photo, new Blob([bytes]), new Blob([`small ${order}`])));
  }
  const [{ hash }] = photos;
  const prompts = { points: [{ x: 0.5, y: 0.5, include: true }], box: null };
  const template: StoredTemplate = {
    id: 'clicks',
    name: 'cat',
    className: 'cat',
    placement: 'same-place',
    reference: hash,
    components: [{ name: 'object', prompts, edits: { ...NEUTRAL_EDITS, hue: 40 } }],
    order: 0,
  };
  await read(putTemplate(database, template));
  const own: StoredTemplate = {
    ...template,
    id: 'own',
    name: 'dog',
    placement: 'given-masks',
    given: { [hash]: givenMaskId(given) },
    order: 1,
  };
  await read(putGivenTemplates(database, [{ template: own, masks: new Map([[hash, given]]) }]));
  const image = new Blob(['image']);
  const mask = new Blob(['mask']);
  const variant: DoneVariant = {
    key: 'a'.repeat(64),
    photo: hash,
    templateId: 'clicks',
    status: 'done',
    format: 'png',
    imageSha256: await sha256Hex(image),
    maskSha256: await sha256Hex(mask),
    imageBytes: image.size,
    maskBytes: mask.size,
    maskRle: '051',
    components: [{ name: 'object', area: 5, score: 0.9 }],
  } as DoneVariant;
  await read(putVariant(database, variant, { image, mask, thumbnail: new Blob(['thumb']) }));
  await read(putSetting(database, 'output', { ...OUTPUT_DEFAULTS, quality: 70 }));
  await read(putSetting(database, 'presets', presetsToJson([theirs])));
  return photos;
}

async function save(database: Database, withResults = true): Promise<Uint8Array<ArrayBuffer>> {
  const facts = { appVersion: 'Maskwright test', withResults };
  const built = await read(archiverOf(database).buildProject(facts, () => {}));
  return new Uint8Array(await built.arrayBuffer());
}

const take = (database: Database, file: Uint8Array<ArrayBuffer>, mode: ImportMode) =>
  archiverOf(database).importProject(new Blob([file]), mode, () => {});

async function rowsOf(database: Database) {
  return {
    photos: await read(listPhotos(database)),
    templates: await read(listTemplates(database)),
    variants: await read(listVariants(database)),
  };
}

async function presetsIn(database: Database) {
  return read(Promise.resolve(parsePresets(String(await read(getSetting(database, 'presets'))))));
}

let source: Database;
let photos: Photo[];
let file: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  source = freshDatabase();
  photos = await fillProject(source);
  file = await save(source);
});

test('a project comes back whole: rows, files, given masks, results, settings', async () => {
  const target = freshDatabase();
  const taken = await take(target, file, 'replace');
  expect(taken).toMatchObject({ ok: true, value: { photos: 2, templates: 2, results: 1 } });
  expect(await rowsOf(target)).toEqual(await rowsOf(source));
  const kept = await read(getFile(target, photos[1].hash));
  expect(await sha256Hex(kept ?? new Blob())).toBe(photos[1].hash);
  expect(await read(getGivenMask(target, 'own', photos[0].hash))).toEqual(given);
  expect(await (await read(getOutput(target, 'a'.repeat(64), 'mask')))?.text()).toBe('mask');
  expect(await read(getSetting(target, 'output'))).toMatchObject({ quality: 70 });
  expect(await presetsIn(target)).toEqual([theirs]);
  expect(Buffer.compare(await save(target), file)).toBe(0);
});

test('the same project gives the same bytes; results are left out on request', async () => {
  expect(Buffer.compare(await save(source), file)).toBe(0);
  const target = freshDatabase();
  await take(target, await save(source, false), 'replace');
  expect((await rowsOf(target)).variants).toEqual([]);
});

test('what it holds can be asked before anything is kept', async () => {
  const target = freshDatabase();
  const asked = await archiverOf(target).inspectProject(new Blob([file]));
  expect(asked).toMatchObject({ ok: true, value: { photos: 2, templates: 2, results: 1 } });
  expect((await rowsOf(target)).photos).toEqual([]);
});

describe('adding to a project', () => {
  test('the same one changes nothing', async () => {
    const target = freshDatabase();
    await fillProject(target);
    const before = await rowsOf(target);
    expect(await take(target, file, 'merge')).toMatchObject({ value: { photos: 0, templates: 0 } });
    expect(await rowsOf(target)).toEqual(before);
  });

  test('a template of the same id or name gets another; nobody’s is lost', async () => {
    const target = freshDatabase();
    await fillProject(target);
    const [clicks, own] = (await rowsOf(target)).templates;
    await read(putTemplate(target, { ...clicks, className: 'lion' }));
    await take(target, file, 'merge');
    const { templates } = await rowsOf(target);
    expect(templates.map(({ name, className }) => [name, className])).toEqual([
      ['cat', 'lion'],
      ['dog', 'cat'],
      ['cat 2', 'cat'],
    ]);
    expect(templates[1]).toEqual(own);
    expect(new Set(templates.map(({ id }) => id)).size).toBe(3);
  });

  test('settings stay one’s own', async () => {
    const target = freshDatabase();
    await read(putSetting(target, 'output', { ...OUTPUT_DEFAULTS, quality: 5 }));
    await take(target, file, 'merge');
    expect(await read(getSetting(target, 'output'))).toMatchObject({ quality: 5 });
  });

  test('presets that are not there come after one’s own', async () => {
    const target = freshDatabase();
    const mine = { name: 'mine', edits: { ...NEUTRAL_EDITS, noise: 0.1 } };
    await read(putSetting(target, 'presets', presetsToJson([mine])));
    await take(target, file, 'merge');
    await take(target, file, 'merge');
    expect(await presetsIn(target)).toEqual([mine, theirs]);
  });
});

test('a file with any bytes changed comes in whole or changes nothing', async () => {
  const target = freshDatabase();
  await fillProject(target);
  const before = await rowsOf(target);
  const place = fc.tuple(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }));
  await fc.assert(
    fc.asyncProperty(place, async ([at, by]) => {
      const changed = file.slice();
      changed[at] ^= by;
      const taken = await take(target, changed, 'replace');
      if (!taken.ok) expect(taken.problem.kind).toBe('bad-file');
      expect(await rowsOf(target)).toEqual(before);
    }),
    { numRuns: 60 },
  );
});

test.each([
  ['cut in half', (bytes: Uint8Array<ArrayBuffer>) => bytes.slice(0, bytes.length / 2)],
  ['empty', () => new Uint8Array(0)],
])('a file that is %s is one problem', async (_, change) => {
  const asked = await archiverOf(freshDatabase()).inspectProject(new Blob([change(file)]));
  expect(asked).toMatchObject({ ok: false, problem: { kind: 'bad-file' } });
});
