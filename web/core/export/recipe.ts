import { MAX_NAME } from '../dataset/names.ts';
import { hasRanges, isAnswerable, MAX_SAMPLES } from '../dataset/template.ts';
import { fail, ok, type Result } from '../flow/result.ts';
import { rleFromText } from '../mask/rle-text.ts';
import { TIERS, type Tier } from '../segmentation/tiers.ts';
import { PLACEMENTS } from '../transfer/placement.ts';
import { MAX_VOC_CLASSES } from './annotations/voc.ts';
import { editsSchema } from './edits-schema.ts';
import {
  array,
  boolean,
  described,
  integer,
  nullable,
  number,
  object,
  oneOf,
  optional,
  type SchemaIssue,
  text,
  type ValueOf,
} from './schema.ts';

const coordinate = number(0, 1, 'normalised by the width or the height of the image');
const candidate = optional(
  described(oneOf(0, 1, 2, 3), 'which of the model’s masks to take; absent: chosen by itself'),
);

const prompts = object({
  points: optional(
    array(object({ x: coordinate, y: coordinate, include: boolean(), candidate })),
    [],
  ),
  box: optional(
    nullable(object({ x0: coordinate, y0: coordinate, x1: coordinate, y1: coordinate, candidate })),
    null,
  ),
});

export const ANNOTATION_FORMATS = ['coco', 'yolo', 'voc', 'cvat', 'datumaro'] as const;
export type AnnotationFormat = (typeof ANNOTATION_FORMATS)[number];

/** Trade of encoding time for file size; the pictures are the same, or nearly (JPEG, lossy WebP). */
export const EFFORTS = ['fast', 'balanced', 'best'] as const;
export type Effort = (typeof EFFORTS)[number];

/** Seeds are unsigned 32-bit numbers. */
export const MAX_SEED = 2 ** 32 - 1;

/** Characters of one mask's run lengths: a checkerboard of 50 megapixels. */
const MAX_RLE = 50_000_000;

/** Sides of pictures that can be asked for, px. */
const MAX_SIDE = { least: 16, most: 65_535 } as const;

const share = number(0, 1, 'share of the photos; train and val sum to 1');

/** What stands in for absent fields of `output`. */
export const OUTPUT_DEFAULTS = {
  format: 'png',
  quality: 88,
  lossless: false,
  effort: 'balanced',
  maxSide: null,
  masks: true,
  annotations: [] as readonly AnnotationFormat[],
  cocoSegmentation: 'rle',
  overlays: false,
  splits: { train: 0.8, val: 0.2 },
  seed: 1,
} as const;

const output = object({
  format: optional(
    described(oneOf('png', 'webp', 'jpg'), 'png keeps every pixel; so does webp with lossless'),
    OUTPUT_DEFAULTS.format,
  ),
  quality: optional(number(1, 100, 'of JPEG and lossy WebP'), OUTPUT_DEFAULTS.quality),
  lossless: optional(
    described(boolean(), 'of WebP: every pixel as it is'),
    OUTPUT_DEFAULTS.lossless,
  ),
  effort: optional(
    described(oneOf(...EFFORTS), 'time to write a WebP or JPEG against its size'),
    OUTPUT_DEFAULTS.effort,
  ),
  maxSide: optional(
    nullable(integer(MAX_SIDE.least, MAX_SIDE.most, 'px; larger pictures are made smaller')),
    OUTPUT_DEFAULTS.maxSide,
  ),
  masks: optional(described(boolean(), 'a PNG for each variant'), OUTPUT_DEFAULTS.masks),
  annotations: optional(array(oneOf(...ANNOTATION_FORMATS)), OUTPUT_DEFAULTS.annotations),
  cocoSegmentation: optional(
    described(oneOf('rle', 'polygons'), 'run lengths, or a polygon for each part'),
    OUTPUT_DEFAULTS.cocoSegmentation,
  ),
  overlays: optional(
    described(boolean(), 'a small JPEG with the mask drawn over each variant'),
    OUTPUT_DEFAULTS.overlays,
  ),
  splits: optional(object({ train: share, val: share }), OUTPUT_DEFAULTS.splits),
  seed: optional(
    integer(0, MAX_SEED, 'chooses which photos are val, and values in ranges'),
    OUTPUT_DEFAULTS.seed,
  ),
});

const sha256 = text(64, { pattern: /^[0-9a-f]{64}$/, words: 'a SHA-256 in lower-case hex' });

/** Photos are at most this wide or high; what they hold is bounded by other limits. */
const side = integer(1, 65_535);

const givenMask = object({
  sha256,
  width: side,
  height: side,
  rle: text(MAX_RLE, { pattern: /^[0-o]+$/, words: 'COCO’s compressed run lengths' }),
});

/** Recipes that name no tier were written before there were any. */
const RECIPE_TIER: Tier = 'reference';

const recipe = object({
  $schema: optional(described(text(1000), 'for editors; not read')),
  maskwright: described(oneOf(1), 'version of this format'),
  model: text(100),
  tier: optional(
    described(oneOf(...TIERS), 'how thoroughly photos are looked at, the quickest first'),
    RECIPE_TIER,
  ),
  templates: array(
    object({
      name: text(MAX_NAME),
      class: text(MAX_NAME),
      placement: described(oneOf(...PLACEMENTS), 'how the template finds its object on a photo'),
      reference: described(
        object({ file: text(1000), sha256 }),
        'the photo on which the template was made; it need not be among the photos',
      ),
      components: array(object({ name: text(MAX_NAME), prompts, edits: editsSchema }), 1),
      count: optional(
        integer(1, MAX_SAMPLES, 'variants of each photo; more than 1 where an edit is a range'),
      ),
      masks: optional(array(givenMask)),
      shuffle: optional(integer(0, MAX_SEED, 'another number draws other values for the ranges')),
    }),
    1,
  ),
  output: optional(output, OUTPUT_DEFAULTS),
});

/** Everything that is needed to repeat a run anywhere. Coordinates are normalised, 0…1. */
export type Recipe = ValueOf<typeof recipe>;
export type OutputSettings = Recipe['output'];

/** How a picture is to be written, as the encoders take it. */
export function encodingOf({ format, quality, lossless, effort }: OutputSettings) {
  const isLossless = lossless && format === 'webp';
  return { format, quality: isLossless ? ('lossless' as const) : quality, effort };
}

/** What is wrong with a recipe file, in words that name the field. */
export type RecipeProblem =
  | { readonly kind: 'not-json'; readonly what: string }
  | { readonly kind: 'invalid'; readonly issues: readonly SchemaIssue[] };

/** Reads a recipe file. Unknown fields are an error; absent edits are neutral. */
export function parseRecipe(json: string): Result<Recipe, RecipeProblem> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return fail({ kind: 'not-json', what: (error as Error).message });
  }
  const issues: SchemaIssue[] = [];
  const read = recipe.read(value, '', issues);
  if (issues.length === 0) issues.push(...findContradictions(read));
  return issues.length > 0 ? fail({ kind: 'invalid', issues }) : ok(read);
}

function findContradictions(read: Recipe): SchemaIssue[] {
  const issues = findOutputContradictions(read);
  const names = new Set<string>();
  read.templates.forEach((template, t) => {
    const path = `templates[${t}]`;
    if (names.has(template.name)) {
      issues.push({ path: `${path}.name`, message: `"${template.name}" is there twice` });
    }
    names.add(template.name);
    if ((template.count ?? 1) > 1 && !hasRanges(template)) {
      issues.push({
        path: `${path}.count`,
        message: `is ${template.count}, but no edit is a range: all would be alike`,
      });
    }
    issues.push(...findMaskContradictions(template, path));
    const parts = new Set<string>();
    template.components.forEach((component, c) => {
      const where = `${path}.components[${c}]`;
      if (parts.has(component.name)) {
        issues.push({ path: `${where}.name`, message: `"${component.name}" is there twice` });
      }
      parts.add(component.name);
      if (!isAnswerable(template.placement, component)) {
        issues.push({
          path: `${where}.prompts`,
          message: 'need a box or at least one point with "include": true',
        });
      }
    });
  });
  return issues;
}

function findMaskContradictions(
  { placement, masks }: Recipe['templates'][number],
  path: string,
): SchemaIssue[] {
  if (placement !== 'given-masks') {
    const message = 'belong to the placement "given-masks" only';
    return masks ? [{ path: `${path}.masks`, message }] : [];
  }
  if (!masks) return [{ path: `${path}.masks`, message: 'are missing' }];
  const photos = new Set<string>();
  return masks.flatMap(({ sha256, width, height, rle }, index) => {
    const where = `${path}.masks[${index}]`;
    const counts = rleFromText(rle);
    const total = counts.ok ? counts.value.reduce((sum, run) => sum + run, 0) : Number.NaN;
    const issues: SchemaIssue[] = [];
    if (total !== width * height) {
      issues.push({ path: `${where}.rle`, message: `does not fill ${width} × ${height} pixels` });
    }
    if (photos.has(sha256)) {
      issues.push({ path: `${where}.sha256`, message: 'has a mask already' });
    }
    photos.add(sha256);
    return issues;
  });
}

function findOutputContradictions({ output, templates }: Recipe): SchemaIssue[] {
  const issues: SchemaIssue[] = [];
  const { annotations, splits } = output;
  annotations.forEach((format, index) => {
    if (annotations.indexOf(format) === index) return;
    issues.push({ path: `output.annotations[${index}]`, message: `"${format}" is there twice` });
  });
  const sum = splits.train + splits.val;
  if (Math.abs(sum - 1) > 1e-9) {
    issues.push({ path: 'output.splits', message: `sum to ${sum}; they must sum to 1` });
  }
  const classes = new Set(templates.map((template) => template.class)).size;
  if (annotations.includes('voc') && classes > MAX_VOC_CLASSES) {
    const message = `"voc" holds ${MAX_VOC_CLASSES} classes; the templates have ${classes}`;
    issues.push({ path: 'output.annotations', message });
  }
  return issues;
}

/** The JSON Schema (draft 2020-12) of the recipe file, published as docs/recipe.schema.json. */
export function recipeJsonSchema(): Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Maskwright recipe',
    ...recipe.describe(),
  };
}
