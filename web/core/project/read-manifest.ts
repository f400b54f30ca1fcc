import { parseRecipe } from '../export/recipe.ts';
import { makeRecipe, type PhotoMask, templatesOf } from '../export/recipe-templates.ts';
import { fail, ok, type Result } from '../flow/result.ts';
import { isRecord, isSide } from '../import/json-values.ts';
import type { OrderedTemplate, ProjectManifest } from './manifest.ts';

const HASH = /^[0-9a-f]{64}$/;

/**
 * Reads `project.json`. Templates and output settings must hold what a recipe must; photos, results
 * and files what the store relies on.
 *
 * @returns the manifest, or what is wrong, as the end of a sentence
 */
export function readProjectManifest(json: string): Result<ProjectManifest, string> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return fail('its description is not JSON');
  }
  if (!isRecord(value)) return fail('its description is no object');
  if (value.maskwrightProject !== 1) {
    return fail('it was written by another version of Maskwright');
  }
  const { photos, templates, variants, files, presets } = value;
  if (!isListOf(photos, isPhoto)) return fail('a photo in it is not described as it must be');
  if (!isListOf(files, isEntry)) return fail('a file in it is not described as it must be');
  if (!isListOf(variants, isResult)) return fail('a result in it is not described as it must be');
  if (!isListOf(templates, isTemplate)) return fail('a template in it cannot be read');
  if (presets !== null && typeof presets !== 'string') return fail('its presets cannot be read');
  const wrong = templateProblem(templates, value.output);
  return wrong === null ? ok(value as unknown as ProjectManifest) : fail(wrong);
}

type Entry = Readonly<Record<string, unknown>>;

function isListOf(list: unknown, is: (entry: Entry) => boolean): list is readonly Entry[] {
  return Array.isArray(list) && list.every((entry) => isRecord(entry) && is(entry));
}

const isHash = (value: unknown) => typeof value === 'string' && HASH.test(value);
const isText = (value: unknown) => typeof value === 'string';
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;

function isPhoto({ hash, name, folder, format, width, height, bytes, ...rest }: Entry): boolean {
  return (
    isHash(hash) &&
    isText(name) &&
    isText(folder) &&
    ['jpeg', 'png', 'webp'].includes(format as string) &&
    isSide(width) &&
    isSide(height) &&
    isCount(bytes) &&
    typeof rest.grayscale === 'boolean' &&
    Array.isArray(rest.warnings) &&
    isCount(rest.order)
  );
}

function isEntry({ path, bytes, sha256 }: Entry): boolean {
  return isText(path) && isCount(bytes) && isHash(sha256);
}

function isResult({ key, photo, templateId, status, format, maskRle, ...rest }: Entry): boolean {
  return (
    isHash(key) &&
    isHash(photo) &&
    isText(templateId) &&
    status === 'done' &&
    ['png', 'webp', 'jpg'].includes(format as string) &&
    isText(maskRle) &&
    isHash(rest.imageSha256) &&
    isHash(rest.maskSha256) &&
    isCount(rest.imageBytes) &&
    isCount(rest.maskBytes) &&
    isListOf(rest.components, ({ name, area }) => isText(name) && isCount(area))
  );
}

function isTemplate({ id, order, given, components, ...rest }: Entry): boolean {
  return (
    // The id is part of keys that are joined by a colon.
    isText(id) &&
    !(id as string).includes(':') &&
    isCount(order) &&
    Array.isArray(components) &&
    (given === undefined || (isRecord(given) && Object.keys(given).every(isHash))) &&
    (given !== undefined) === (rest.placement === 'given-masks')
  );
}

/** A recipe of these templates must be a recipe; given masks are in files of their own. */
function templateProblem(templates: readonly Entry[], output: unknown): string | null {
  if (templates.length === 0) return isRecord(output) ? null : 'its output settings are missing';
  const masks: readonly PhotoMask[] = [{ sha256: '0'.repeat(64), width: 1, height: 1, rle: '1' }];
  const recipe = makeRecipe(
    'any',
    'reference',
    templates as unknown as readonly OrderedTemplate[],
    output as ProjectManifest['output'],
    () => 'any',
    () => masks,
  );
  const read = parseRecipe(JSON.stringify(recipe));
  if (read.ok) return templatesOf(read.value).length === templates.length ? null : 'it is damaged';
  const [issue] = read.problem.kind === 'invalid' ? read.problem.issues : [];
  return issue ? `${issue.path} ${issue.message}` : 'its templates cannot be read';
}
