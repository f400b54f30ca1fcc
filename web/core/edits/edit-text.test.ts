import { expect, test } from 'vitest';
import { editsText, partsText } from './edit-text.ts';
import { NEUTRAL_EDITS } from './edits.ts';

test('only what is changed is said, with real minus signs', () => {
  expect(editsText(NEUTRAL_EDITS)).toBe('Nothing changed');
  const edits = { ...NEUTRAL_EDITS, hue: { from: -30, to: 30 }, noise: 0.05, brightness: -0.1 };
  expect(editsText(edits)).toBe('Brightness\u00a0−0.1 · Hue\u00a0−30…\u206030 · Noise\u00a00.05');
});

test('parts are named where there are several', () => {
  const red = { name: 'red', edits: { ...NEUTRAL_EDITS, hue: 3 } };
  expect(partsText([red])).toBe('Hue\u00a03');
  expect(partsText([red, { name: 'eye', edits: NEUTRAL_EDITS }])).toBe(
    'red: Hue\u00a03; eye: Nothing changed',
  );
});
