import { readFile } from 'node:fs/promises';
import manifest from '../../models/manifest.json' with { type: 'json' };
import { parseRecipe, type Recipe } from '../../web/core/export/recipe.ts';
import type { CommandContext } from '../context.ts';
import { codeOf, Failure, textOf } from '../problem.ts';
import { isS3, parseS3 } from '../s3/address.ts';
import { getObject } from '../s3/objects.ts';

export interface ReadRecipe {
  readonly recipe: Recipe;
  /** The recipe as it was understood: the same text for the same work. */
  readonly text: string;
}

/**
 * Reads and checks a recipe file, a path or an `s3://` address.
 * @throws Failure that names the file and every field that is wrong
 */
export async function readRecipe(place: string, { s3 }: CommandContext): Promise<ReadRecipe> {
  const parsed = parseRecipe(await textAt(place, s3));
  if (!parsed.ok) {
    const { problem } = parsed;
    const what =
      problem.kind === 'not-json'
        ? problem.what
        : problem.issues.map(({ path, message }) => `${path} ${message}`.trim()).join('; ');
    throw new Failure(
      'usage',
      `${place} is no recipe: ${what}.`,
      'docs/recipe.schema.json says what a recipe may hold; the app writes one into every ZIP.',
    );
  }
  const recipe = parsed.value;
  const known = manifest.models.map(({ id }) => id);
  if (!known.includes(recipe.model)) {
    throw new Failure(
      'usage',
      `${place} asks for the model “${recipe.model}”, which is not here.`,
      `Models here: ${known.join(', ')}.`,
    );
  }
  return { recipe, text: `${JSON.stringify(recipe, null, 2)}\n` };
}

async function textAt(place: string, s3: CommandContext['s3']): Promise<string> {
  if (isS3(place)) {
    const bytes = await getObject(s3(), parseS3(place));
    if (bytes) return new TextDecoder().decode(bytes);
    throw new Failure('input', `${place} is not there.`, 'Check the address.');
  }
  try {
    return await readFile(place, 'utf8');
  } catch (error) {
    throw new Failure(
      'input',
      codeOf(error) === 'ENOENT'
        ? `${place} is not there.`
        : `${place} cannot be read: ${textOf(error)}.`,
      'Name the recipe.json of a Maskwright ZIP.',
    );
  }
}
