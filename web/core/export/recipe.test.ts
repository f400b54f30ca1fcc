import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleCount } from '../dataset/template.ts';
import { EDIT_RANGES, NEUTRAL_EDITS } from '../edits/edits.ts';
import { givenMaskId } from '../transfer/given-mask.ts';
import { OUTPUT_DEFAULTS, parseRecipe, recipeJsonSchema } from './recipe.ts';
import { makeRecipe, templatesOf } from './recipe-templates.ts';
import { fitsSchema } from './testing/json-schema.ts';

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
      EDIT_RANGES.map(({ name, min, max }) => {
        const value = fc.double({ min, max, noNaN: true });
        const range = fc
          .tuple(value, value)
          .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
        return [name, fc.oneof(value, range)];
      }),
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
        count: 7,
        shuffle: 3,
      };
      const output = {
        ...OUTPUT_DEFAULTS,
        format: 'webp',
        lossless: true,
        effort: 'best',
        maxSide: 1024,
        quality: 70,
        masks: false,
        annotations: ['voc', 'coco'],
        cocoSegmentation: 'polygons',
        splits: { train: 0.7, val: 0.3 },
        seed: 9,
      } as const;
      const written = makeRecipe('mobilesam', 'balanced', [template], output, () => 'photo.jpg');
      const read = parseRecipe(JSON.stringify(written));
      // -0 is not told from 0 by JSON.
      expect(read.ok && JSON.stringify(read.value)).toBe(JSON.stringify(written));
      const again = read.ok ? templatesOf(read.value)[0] : null;
      expect(JSON.stringify(again?.components)).toBe(JSON.stringify(template.components));
      expect(again && sampleCount(again)).toBe(sampleCount(template));
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
  [
    'a range that goes backwards',
    (r: { templates: { components: { edits: object }[] }[] }) =>
      Object.assign(r.templates[0].components[0].edits, { hue: { from: 30, to: -30 } }),
    /^templates\[0\]\.components\[0\]\.edits\.hue goes from 30 to -30; from must not be above to/,
  ],
  [
    'a range that leaves the edit’s limits',
    (r: { templates: { components: { edits: object }[] }[] }) =>
      Object.assign(r.templates[0].components[0].edits, { hue: { from: -300, to: 30 } }),
    /edits\.hue\.from is -300; it must be between -180 and 180/,
  ],
  [
    'a range with a field that is not known',
    (r: { templates: { components: { edits: object }[] }[] }) =>
      Object.assign(r.templates[0].components[0].edits, { hue: { from: 0, to: 30, step: 5 } }),
    /edits\.hue\.step is not a field here \(known: from, to\)/,
  ],
  [
    'an edit that is neither number nor range',
    (r: { templates: { components: { edits: object }[] }[] }) =>
      Object.assign(r.templates[0].components[0].edits, { hue: '30' }),
    /edits\.hue must be a number, or a range \{"from": …, "to": …\}/,
  ],
  [
    'several variants of a photo where nothing varies',
    (r: { templates: object[] }) => Object.assign(r.templates[0], { count: 5 }),
    /^templates\[0\]\.count is 5, but no edit is a range: all would be alike/,
  ],
  [
    'an effort that is not known',
    (r: { output: object }) => Object.assign(r.output, { effort: 'most' }),
    /^output\.effort must be "fast" or "balanced" or "best"/,
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

describe('given masks', () => {
  const mask = { sha256: SHA, width: 3, height: 2, rle: '051' };
  const given = (masks: unknown, placement = 'given-masks') =>
    recipe((value) => Object.assign(value.templates[0], { placement, masks }));

  test('come back, with what identifies them', () => {
    const read = parseRecipe(given([mask]));
    if (!read.ok) throw new Error(JSON.stringify(read.problem));
    const [template] = templatesOf(read.value);
    expect(template.given).toEqual({ [SHA]: givenMaskId(mask) });
    const written = makeRecipe(
      'mobilesam',
      read.value.tier,
      [template],
      read.value.output,
      () => '00.jpg',
      () => [mask],
    );
    expect(written.templates[0].masks).toEqual([mask]);
  });

  test('must fill their pictures, once each, and belong to their placement', () => {
    expect(issuesOf(given([{ ...mask, width: 4 }]))).toEqual([
      'templates[0].masks[0].rle does not fill 4 × 2 pixels',
    ]);
    expect(issuesOf(given([mask, mask]))).toEqual([
      'templates[0].masks[1].sha256 has a mask already',
    ]);
    expect(issuesOf(given([{ ...mask, rle: '~' }])).join()).toContain('run lengths');
    expect(issuesOf(given(undefined))).toEqual(['templates[0].masks are missing']);
    expect(issuesOf(given([mask], 'same-place'))).toEqual([
      'templates[0].masks belong to the placement "given-masks" only',
    ]);
  });
});

const schema = recipeJsonSchema();

/** A copy with the value at one place replaced; places are counted through the whole tree. */
function withChange(value: unknown, at: number, by: unknown): unknown {
  let left = at;
  const visit = (one: unknown): unknown => {
    if (left-- === 0) return by;
    if (Array.isArray(one)) return one.map(visit);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, visit(inner)]));
  };
  return visit(value);
}

test('whatever is read fits the published schema', () => {
  const full = JSON.parse(recipe((value) => Object.assign(value, { tier: 'quick' })));
  Object.assign(full.templates[0], { count: 3, shuffle: 1 });
  full.templates[0].components[0].edits.noise = { from: 0, to: 0.1 };
  Object.assign(full.output, { ...OUTPUT_DEFAULTS, maxSide: 640, annotations: ['coco'] });
  expect(issuesOf(JSON.stringify(full))).toEqual([]);
  const other = fc.oneof(
    fc.constantFrom(0, 1, -1, 0.5, 1e9, '', 'best', null, [], {}, true, { from: 0, to: 1 }),
    fc.jsonValue(),
  );
  let read = 0;
  fc.assert(
    fc.property(fc.nat(60), other, (at, by) => {
      const value = withChange(full, at, by);
      const parsed = parseRecipe(JSON.stringify(value));
      if (!parsed.ok) return;
      read += 1;
      expect(fitsSchema(schema, value)).toBe(true);
      expect(fitsSchema(schema, parsed.value)).toBe(true);
    }),
    { numRuns: 500 },
  );
  expect(read).toBeGreaterThan(0);
});

test.each([
  ['an unknown field', { ...JSON.parse(recipe()), colour: 1 }],
  ['a missing field', { ...JSON.parse(recipe()), model: undefined }],
  ['a value of another type', { ...JSON.parse(recipe()), templates: {} }],
  ['an empty list', { ...JSON.parse(recipe()), templates: [] }],
])('the published schema refuses %s', (_, value) => {
  expect(fitsSchema(schema, JSON.parse(JSON.stringify(value)))).toBe(false);
});

test('the recipe in docs/recipe.md is one, and does what its text says', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../../docs/recipe.md'), 'utf8');
  const [, json] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  expect(issuesOf(json)).toEqual([]);
  expect(fitsSchema(schema, JSON.parse(json))).toBe(true);
  const read = parseRecipe(json);
  expect(read.ok && templatesOf(read.value).map(sampleCount)).toEqual([5, 1]);
});

test('docs/recipe.schema.json is generated from the same definition', () => {
  const file = resolve(import.meta.dirname, '../../../docs/recipe.schema.json');
  const text = `${JSON.stringify(recipeJsonSchema(), null, 2)}\n`;
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, text);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(text));
});
