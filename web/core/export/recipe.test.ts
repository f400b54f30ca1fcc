import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EDIT_RANGES, NEUTRAL_EDITS } from '../edits/edits.ts';
import {
  makeRecipe,
  OUTPUT_DEFAULTS,
  parseRecipe,
  recipeJsonSchema,
  templatesOf,
} from './recipe.ts';

const SHA = 'a'.repeat(64);

function recipe(change: (recipe: Record<string, never>) => void = () => {}) {
  const value = {
    maskwright: 1,
    model: 'mobilesam',
    templates: [
      {
        name: 'red monster',
        class: 'monster',
        placement: 'same-place',
        reference: { file: '00.jpg', sha256: SHA },
        components: [
          {
            name: 'body',
            prompts: { points: [{ x: 0.49, y: 0.42, include: true }], box: null },
            edits: { brightness: 0.1, hue: 40 },
          },
        ],
      },
    ],
    output: { format: 'png', quality: 88, masks: true },
  };
  change(value as never);
  return JSON.stringify(value);
}

function issuesOf(json: string) {
  const read = parseRecipe(json);
  if (read.ok) return [];
  return read.problem.kind === 'invalid'
    ? read.problem.issues.map(({ path, message }) => `${path} ${message}`)
    : [read.problem.kind];
}

test('absent edits are neutral', () => {
  const read = parseRecipe(recipe());
  expect(read.ok && read.value.templates[0].components[0].edits).toEqual({
    ...NEUTRAL_EDITS,
    brightness: 0.1,
    hue: 40,
  });
});

test('absent output settings are the defaults: no annotations, four fifths for training', () => {
  const read = parseRecipe(recipe());
  expect(read.ok && read.value.output).toEqual(OUTPUT_DEFAULTS);
  expect(OUTPUT_DEFAULTS).toMatchObject({ annotations: [], splits: { train: 0.8, val: 0.2 } });
});

test('what the app writes, it reads back the same', () => {
  const edits = fc.record(
    Object.fromEntries(
      EDIT_RANGES.map(({ name, min, max }) => [name, fc.double({ min, max, noNaN: true })]),
    ),
  );
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  const point = fc.record({ x: unit, y: unit });
  fc.assert(
    fc.property(edits, fc.array(point, { minLength: 1 }), (some, points) => {
      const template = {
        id: 'x',
        name: 'a',
        className: 'b',
        placement: 'same-place' as const,
        reference: SHA,
        components: [
          {
            name: 'c',
            prompts: { points: points.map((p) => ({ ...p, include: true })), box: null },
            edits: { ...NEUTRAL_EDITS, ...some },
          },
        ],
      };
      const output = {
        format: 'webp',
        quality: 70,
        masks: false,
        annotations: ['voc', 'coco'],
        cocoSegmentation: 'polygons',
        splits: { train: 0.7, val: 0.3 },
        seed: 9,
      } as const;
      const written = makeRecipe('mobilesam', [template], output, () => 'photo.jpg');
      const read = parseRecipe(JSON.stringify(written));
      // -0 is not told from 0 by JSON.
      expect(read.ok && JSON.stringify(read.value)).toBe(JSON.stringify(written));
      expect(read.ok && JSON.stringify(templatesOf(read.value)[0].components)).toBe(
        JSON.stringify(template.components),
      );
    }),
  );
});

test.each([
  [
    'an unknown field, by name',
    (r: never) => Object.assign(r, { colour: 1 }),
    /^colour is not a field here/,
  ],
  [
    'an unknown edit, by its path',
    (r: { templates: { components: { edits: object }[] }[] }) =>
      Object.assign(r.templates[0].components[0].edits, { blur: 1 }),
    /^templates\[0\]\.components\[0\]\.edits\.blur is not a field here \(known: brightness/,
  ],
  [
    'a value out of range, with the range',
    (r: { templates: { components: { edits: object }[] }[] }) =>
      Object.assign(r.templates[0].components[0].edits, { hue: 400 }),
    /edits\.hue is 400; it must be between -180 and 180/,
  ],
  ['a missing field', (r: { model?: string }) => delete r.model, /^model is missing/],
  ['another version', (r: { maskwright: number }) => (r.maskwright = 2), /^maskwright must be 1/],
  [
    'a template without an include point',
    (r: { templates: { components: { prompts: object }[] }[] }) =>
      (r.templates[0].components[0].prompts = { points: [{ x: 0, y: 0, include: false }] }),
    /prompts need a box or at least one point/,
  ],
  [
    'two templates of one name',
    (r: { templates: unknown[] }) => r.templates.push(r.templates[0]),
    /templates\[1\]\.name "red monster" is there twice/,
  ],
  [
    'splits that do not sum to 1, with their sum',
    (r: { output: object }) => Object.assign(r.output, { splits: { train: 0.5, val: 0.25 } }),
    /^output\.splits sum to 0\.75; they must sum to 1/,
  ],
  [
    'half a split',
    (r: { output: object }) => Object.assign(r.output, { splits: { train: 1 } }),
    /^output\.splits\.val is missing/,
  ],
  [
    'an annotation format that is not known',
    (r: { output: object }) => Object.assign(r.output, { annotations: ['coco', 'csv'] }),
    /^output\.annotations\[1\] must be "coco" or "yolo" or "voc"/,
  ],
  [
    'a format twice',
    (r: { output: object }) => Object.assign(r.output, { annotations: ['coco', 'coco'] }),
    /^output\.annotations\[1\] "coco" is there twice/,
  ],
  [
    'a seed that is not whole',
    (r: { output: object }) => Object.assign(r.output, { seed: 1.5 }),
    /^output\.seed is 1\.5; it must be a whole number/,
  ],
  [
    'more classes than a VOC mask holds',
    (r: { output: object; templates: object[] }) => {
      Object.assign(r.output, { annotations: ['voc'] });
      for (let i = 0; i < 254; i += 1)
        r.templates.push({ ...r.templates[0], name: `t${i}`, class: `c${i}` });
    },
    /^output\.annotations "voc" holds 254 classes; the templates have 255/,
  ],
  [
    'a hash that is none',
    (r: { templates: { reference: { sha256: string } }[] }) =>
      (r.templates[0].reference.sha256 = 'xyz'),
    /reference\.sha256 must be a SHA-256/,
  ],
])('refuses %s', (_, change, message) => {
  const issues = issuesOf(recipe(change as never));
  expect(issues.join('\n')).toMatch(message);
});

test('refuses what is no JSON', () => {
  expect(issuesOf('{')).toEqual(['not-json']);
});

test('never throws, whatever it is given', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(() => parseRecipe(JSON.stringify(value))).not.toThrow();
    }),
  );
});

test('an object cannot bring a prototype along', () => {
  expect(issuesOf(recipe().replace('{', '{"__proto__":{"x":1},')).join()).toMatch(/__proto__/);
});

test('docs/recipe.schema.json is generated from the same definition', () => {
  const file = resolve(import.meta.dirname, '../../../docs/recipe.schema.json');
  const text = `${JSON.stringify(recipeJsonSchema(), null, 2)}\n`;
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, text);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(text));
});
