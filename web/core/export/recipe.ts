import { type Component, isAnswerable, type Template } from '../dataset/template.ts';
import { EDIT_RANGES, type EditName, type Edits, NEUTRAL_EDITS } from '../edits/edits.ts';
import { fail, ok, type Result } from '../flow/result.ts';
import { PLACEMENTS } from '../transfer/placement.ts';
import { MAX_VOC_CLASSES } from './annotations/voc.ts';
import {
  array,
  boolean,
  integer,
  nullable,
  number,
  object,
  oneOf,
  optional,
  type Schema,
  type SchemaIssue,
  text,
  type ValueOf,
} from './schema.ts';

const coordinate = number(0, 1, 'normalised by the width or the height of the image');
const candidate = optional(oneOf(0, 1, 2, 3));

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

const edits = object(
  Object.fromEntries(
    EDIT_RANGES.map(({ name, min, max, neutral }) => [name, optional(number(min, max), neutral)]),
  ) as { [Name in EditName]: Schema<number> },
) satisfies Schema<Edits>;

export const ANNOTATION_FORMATS = ['coco', 'yolo', 'voc'] as const;
export type AnnotationFormat = (typeof ANNOTATION_FORMATS)[number];

const share = number(0, 1, 'share of the photos; train and val sum to 1');

/** What stands in for absent fields of `output`. */
export const OUTPUT_DEFAULTS = {
  format: 'png',
  quality: 88,
  masks: true,
  annotations: [] as readonly AnnotationFormat[],
  cocoSegmentation: 'rle',
  splits: { train: 0.8, val: 0.2 },
  seed: 1,
} as const;

const output = object({
  format: optional(oneOf('png', 'webp', 'jpg'), OUTPUT_DEFAULTS.format),
  quality: optional(number(1, 100, 'of WebP and JPEG'), OUTPUT_DEFAULTS.quality),
  masks: optional(boolean(), OUTPUT_DEFAULTS.masks),
  annotations: optional(array(oneOf(...ANNOTATION_FORMATS)), OUTPUT_DEFAULTS.annotations),
  cocoSegmentation: optional(oneOf('rle', 'polygons'), OUTPUT_DEFAULTS.cocoSegmentation),
  splits: optional(object({ train: share, val: share }), OUTPUT_DEFAULTS.splits),
  seed: optional(integer(0, 2 ** 32 - 1, 'chooses which photos are val'), OUTPUT_DEFAULTS.seed),
});

const recipe = object({
  maskwright: oneOf(1),
  model: text(100),
  templates: array(
    object({
      name: text(100),
      class: text(100),
      placement: oneOf(...PLACEMENTS),
      reference: object({
        file: text(1000),
        sha256: text(64, { pattern: /^[0-9a-f]{64}$/, words: 'a SHA-256 in lower-case hex' }),
      }),
      components: array(
        object({ name: text(100), prompts, edits: optional(edits, NEUTRAL_EDITS) }),
        1,
      ),
    }),
    1,
  ),
  output: optional(output, OUTPUT_DEFAULTS),
});

/** Everything that is needed to repeat a run anywhere. Coordinates are normalised, 0…1. */
export type Recipe = ValueOf<typeof recipe>;
export type OutputSettings = Recipe['output'];

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

/** The recipe of a project. `fileOf` names the file of a reference photo. */
export function makeRecipe(
  model: string,
  templates: readonly Template[],
  output: OutputSettings,
  fileOf: (sha256: string) => string,
): Recipe {
  return {
    maskwright: 1,
    model,
    templates: templates.map((template) => ({
      name: template.name,
      class: template.className,
      placement: template.placement,
      reference: { file: fileOf(template.reference), sha256: template.reference },
      components: template.components.map(({ name, prompts, edits }) => ({ name, prompts, edits })),
    })),
    output,
  };
}

/** The templates of a recipe; ids are their positions, so the same file gives the same ids. */
export function templatesOf(recipe: Recipe): Template[] {
  return recipe.templates.map((template, index) => ({
    id: `recipe-${index}`,
    name: template.name,
    className: template.class,
    placement: template.placement,
    reference: template.reference.sha256,
    components: template.components satisfies readonly Component[],
  }));
}

/** The JSON Schema (draft 2020-12) of the recipe file, published as docs/recipe.schema.json. */
export function recipeJsonSchema(): Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Maskwright recipe',
    ...recipe.describe(),
  };
}
