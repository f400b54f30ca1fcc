import { expect, test } from 'vitest';
import { createDraw } from '../edits/draw.ts';
import { NEUTRAL_EDITS } from '../edits/edits.ts';
import { BUILT_IN_PRESETS } from '../edits/presets.ts';
import { checkEdits } from '../edits/validate.ts';
import { mergePresets, parsePresets, presetsToJson } from './preset-file.ts';

test('a preset that is shared arrives as it was', () => {
  expect(parsePresets(presetsToJson(BUILT_IN_PRESETS))).toEqual({
    ok: true,
    value: BUILT_IN_PRESETS,
  });
});

test('what a preset draws is within the limits of the edits', () => {
  for (const { edits, count = 1 } of BUILT_IN_PRESETS) {
    const draw = createDraw(edits, count, { seed: 1, shuffle: 0, componentId: 'a/b' });
    for (const drawn of draw('ab'.repeat(32))) expect(checkEdits(drawn).ok).toBe(true);
  }
});

test('absent edits are neutral, and names are trimmed', () => {
  expect(parsePresets('{"maskwrightPresets":1,"presets":[{"name":" a ","edits":{}}]}')).toEqual({
    ok: true,
    value: [{ name: 'a', edits: NEUTRAL_EDITS }],
  });
});

test.each([
  ['{', /^the file is not JSON/],
  ['[]', /^the file must be an object/],
  ['{"maskwright":1}', /^maskwright is not a field here \(known: maskwrightPresets, presets\)/],
  ['{"maskwrightPresets":1,"presets":[]}', /^presets must have at least 1 item/],
  [
    '{"maskwrightPresets":1,"presets":[{"name":"a","edits":{"hue":{"from":9,"to":3}}}]}',
    /^presets\[0\]\.edits\.hue goes from 9 to 3/,
  ],
])('%s is refused with the place and the reason', (json, message) => {
  const read = parsePresets(json);
  if (read.ok) throw new Error('it was taken');
  expect(`${read.problem[0].path} ${read.problem[0].message}`).toMatch(message);
});

test('presets of another list come in once; a taken name gets a number', () => {
  const [lighting, colour] = BUILT_IN_PRESETS;
  const other = { ...colour, name: lighting.name };
  const merged = mergePresets([lighting], [lighting, other, colour]);
  expect(merged.map(({ name }) => name)).toEqual(['Lighting', 'Lighting 2', 'Colour']);
  expect(merged[1].edits).toBe(colour.edits);
});
