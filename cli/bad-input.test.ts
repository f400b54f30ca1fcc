import { createHash } from 'node:crypto';
import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { command, temporaryFolder, writeFiles } from './testing/command.ts';
import { pictureFile, WHOLE_RECIPE } from './testing/pictures.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const WRONG = 'f'.repeat(64);

beforeAll(async () => {
  const [a, b] = await Promise.all([pictureFile(1), pictureFile(2)]);
  writeFiles(folder, {
    'recipe.json': JSON.stringify(WHOLE_RECIPE),
    'field.json': JSON.stringify({ ...WHOLE_RECIPE, contrast: 1 }),
    'text.json': '{ "maskwright": 1,',
    'model.json': JSON.stringify({ ...WHOLE_RECIPE, model: 'sam-9' }),
    'photos/a.png': a,
    'photos/b.png': b,
    'damaged/a.png': a,
    'damaged/cut.png': b.subarray(0, 60),
    'damaged/empty.jpg': '',
    'damaged/photo.heic': '\0\0\0\x18ftypheic0000',
    'damaged/notes.txt': 'Notes of the day.',
    'damaged.zip': 'PK\x03\x04 and then nothing',
    'missing.txt': 'photos/a.png\nphotos/gone.png\n',
    'hash.txt': `${WRONG}  photos/a.png\n${'e'.repeat(64)} *photos/b.png\n`,
    'taken/variants/mine.txt': 'somebody’s own',
    'file.txt': 'a file where a folder is wanted',
  });
  symlinkSync(at('nowhere.png'), at('damaged/link.png'));
});

const run = (recipe: string, photos: string, ...more: readonly string[]) =>
  command(['run', at(recipe), at(photos), '-o', at('never'), ...more]);

describe('what nothing can be made of: one line that names it, an exit code, nothing written', () => {
  test.each([
    [
      'an unknown field',
      () => run('field.json', 'photos'),
      2,
      /field\.json is no recipe: contrast/,
    ],
    ['a recipe that is no JSON', () => run('text.json', 'photos'), 2, /text\.json is no recipe/],
    ['a model that is not here', () => run('model.json', 'photos'), 2, /“sam-9”/],
    ['a recipe that is not there', () => run('gone.json', 'photos'), 3, /gone\.json is not there/],
    ['photos that are not there', () => run('recipe.json', 'gone'), 3, /gone is not there/],
    ['a bad shard', () => run('recipe.json', 'photos', '--shard', '0/4'), 2, /--shard 0\/4/],
    ['a shard beyond the last', () => run('recipe.json', 'photos', '--shard', '5/4'), 2, /5\/4/],
    ['an unknown option', () => run('recipe.json', 'photos', '--colour'), 2, /--colour/],
    ['no number of threads', () => run('recipe.json', 'photos', '--threads', 'many'), 2, /many/],
    ['an unknown provider', () => run('recipe.json', 'photos', '--provider', 'tpu'), 2, /tpu/],
    [
      '--exact on a graphics card',
      () => run('recipe.json', 'photos', '--exact', '--provider', 'cuda'),
      2,
      /--exact runs on the CPU/,
    ],
    [
      'no output',
      () => command(['run', at('recipe.json'), at('photos')]),
      2,
      /--output is missing/,
    ],
    ['too few arguments', () => command(['run', at('recipe.json')]), 2, /takes RECIPE PHOTOS/],
    ['an unknown command', () => command(['paint']), 2, /no command “paint”/],
    [
      'one shard as an archive',
      () => command(['run', at('recipe.json'), at('photos'), '-o', 'x.zip', '--shard', '1/2']),
      2,
      /not a whole dataset/,
    ],
    [
      'a folder of somebody else',
      () => command(['run', at('recipe.json'), at('photos'), '-o', at('taken')]),
      2,
      /holds other files/,
    ],
    [
      'an output among the photos',
      () => command(['run', at('recipe.json'), at('photos'), '-o', at('photos/out.zip')]),
      2,
      /out\.zip lies where the photos are/,
    ],
    [
      'no address of the web',
      () => command(['run', at('recipe.json'), 'https://?key=secret', '-o', at('never')]),
      2,
      /^https:\/\/ is no address\. Write/,
    ],
    [
      'several photos for one mask',
      () => command(['segment', at('photos'), '--point', '1,1', '-o', at('m.png')]),
      2,
      /holds 2 files/,
    ],
    [
      'a file in the output’s way',
      () => command(['run', at('recipe.json'), at('photos'), '-o', at('file.txt/x'), '--quiet']),
      4,
      /file\.txt/,
    ],
    [
      'no shards to merge',
      () => command(['merge', at('photos'), '-o', at('m.zip')]),
      3,
      /no shard/,
    ],
    [
      'a click beside the photo',
      () => command(['segment', at('photos/a.png'), '--point', '99,1', '-o', at('m.png')]),
      2,
      /--point 99,1/,
    ],
    [
      'no click',
      () => command(['segment', at('photos/a.png'), '-o', at('m.png')]),
      2,
      /no click on the object/,
    ],
    [
      'a photo that cannot be read',
      () => command(['segment', at('damaged/cut.png'), '--point', '1,1', '-o', at('m.png')]),
      3,
      /cut\.png/,
    ],
  ])('%s', async (_, start, code, message) => {
    const ran = await start();
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr.trim().split('\n')).toHaveLength(1);
    expect(ran.code).toBe(code);
    expect(existsSync(at('never'))).toBe(false);
    expect(existsSync(at('m.zip')) || existsSync(at('m.png'))).toBe(false);
  });
});

describe('what is wrong with one photo: it is named, the rest is made, exit code 1', () => {
  test.each([
    ['damaged and foreign files', 'damaged', ['cut.png', 'empty.jpg', 'photo.heic', 'link.png'], 3],
    ['an archive that cannot be read', 'damaged.zip', ['damaged.zip'], 0],
    ['a photo that is missing', 'missing.txt', ['photos/gone.png'], 3],
    ['a wrong hash', 'hash.txt', ['photos/a.png', 'photos/b.png'], 0],
  ])('%s', async (name, input, named, variants) => {
    const out = at(`out ${name}`);
    const ran = await command(['run', at('recipe.json'), at(input), '-o', out]);
    for (const file of named) expect(ran.stderr).toContain(`“${file}”`);
    expect(ran.stderr).not.toContain('undefined');
    expect(ran.code).toBe(1);
    const made = existsSync(join(out, 'variants'))
      ? readdirSync(join(out, 'variants'), { recursive: true }).filter((file) =>
          String(file).endsWith('.png'),
        )
      : [];
    expect(made).toHaveLength(variants);
  });

  test('a file that is not what its list says stays out, also when its twin is right', async () => {
    const right = createHash('sha256')
      .update(await pictureFile(2))
      .digest('hex');
    writeFiles(folder, {
      'twins/wrong.png': await pictureFile(2),
      'twins/right.png': await pictureFile(2),
      'twins.txt': `${WRONG}  twins/wrong.png\n${right}  twins/right.png\n`,
    });
    for (const more of [[], ['--resume']]) {
      const words = ['run', at('recipe.json'), at('twins.txt'), '-o', at('twins out'), ...more];
      const ran = await command(words);
      expect(ran.stderr).toContain('“twins/wrong.png” has the SHA-256');
      expect(ran.code).toBe(1);
      expect(readdirSync(at('twins out/variants/warm'))).toEqual(['right.png']);
    }
  });

  test('an engine that repeats failures may be told to take bad photos as they are', async () => {
    const words = [at('recipe.json'), at('damaged'), '-o', at('allowed'), '--allow-bad-photos'];
    const ran = await command(['run', ...words, '--shard', '1/1']);
    expect(ran.stderr).toContain('“cut.png”');
    expect(ran.code).toBe(0);
    const merge = ['merge', at('allowed'), '-o', at('allowed.zip')];
    expect((await command(merge)).code).toBe(1);
    expect((await command([...merge, '--allow-bad-photos'])).code).toBe(0);
  });

  test('text beside photos is left out, and no failure', async () => {
    writeFiles(folder, { 'mixed/a.png': await pictureFile(1), 'mixed/README.md': '# Photos' });
    const ran = await command(['run', at('recipe.json'), at('mixed'), '-o', at('mixed out')]);
    expect(ran.stderr).toContain('“README.md” is a text file. It is left out.');
    expect(ran.code).toBe(0);
  });
});

test('shards that do not belong together are not merged', async () => {
  const shard = (recipe: string, photos: string, index: number) =>
    command(['run', at(recipe), at(photos), '-o', at('parts'), '--shard', `${index}/2`]);
  const merge = () => command(['merge', at('parts'), '-o', at('merged.zip')]);
  expect((await shard('recipe.json', 'photos', 1)).code).toBe(0);
  expect(await merge()).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(/^Of 2 shards 2 is missing or not finished\. Run it .*2\/2/),
  });
  await shard('recipe.json', 'mixed', 2);
  expect((await merge()).stderr).toContain('was made from another list of photos');
  writeFiles(folder, {
    'other.json': JSON.stringify({ ...WHOLE_RECIPE, output: { format: 'webp' } }),
  });
  await shard('other.json', 'photos', 2);
  expect((await merge()).stderr).toContain('was made with another recipe');
  await shard('recipe.json', 'photos', 2);
  expect((await merge()).code).toBe(0);
});
