import { expect, onTestFinished, test, vi } from 'vitest';
import { NEUTRAL_EDITS } from '../core/edits/edits.ts';
import { createDatabase } from '../storage/database.ts';
import { createNotices } from './notices.ts';
import { createPresetLibrary } from './presets.ts';

const hue = { ...NEUTRAL_EDITS, hue: { from: -30, to: 30 } };

function open(name: string) {
  const database = createDatabase(name);
  const notices = createNotices();
  onTestFinished(() => database.close());
  return { presets: createPresetLibrary({ database }, notices), notices };
}

test('presets outlive the visit, under names of their own', async () => {
  const name = crypto.randomUUID();
  const { presets } = open(name);
  expect(presets.add({ name: ' hues ', edits: hue, count: 4 })).toBe('hues');
  expect(presets.add({ name: 'hues', edits: NEUTRAL_EDITS })).toBe('hues 2');
  presets.rename('hues 2', 'plain');
  await vi.waitFor(async () => {
    const again = open(name).presets;
    await again.load();
    expect(again.list()).toEqual([
      { name: 'hues', edits: hue, count: 4 },
      { name: 'plain', edits: NEUTRAL_EDITS },
    ]);
  });
});

test('one that was deleted comes back to its place', () => {
  const { presets, notices } = open(crypto.randomUUID());
  for (const name of ['a', 'b', 'c']) presets.add({ name, edits: hue });
  presets.remove('b');
  expect(presets.list().map(({ name }) => name)).toEqual(['a', 'c']);
  notices.list()[0].action?.run();
  expect(presets.list().map(({ name }) => name)).toEqual(['a', 'b', 'c']);
});

test('a file that is none is refused with the place and the reason, and nothing changes', async () => {
  const { presets, notices } = open(crypto.randomUUID());
  const text = '{"maskwrightPresets":1,"presets":[{"name":"a","edits":{"blur":1}}]}';
  await presets.importFile(new File([text], 'odd.json'));
  expect(presets.list()).toEqual([]);
  expect(notices.list()[0]).toMatchObject({
    tone: 'error',
    message: expect.stringMatching(/^odd\.json was not taken: presets\[0\]\.edits\.blur is not/),
  });
});
