import { DEFAULT_LIMITS } from '../../web/core/dataset/limits.ts';
import { sampleCount } from '../../web/core/dataset/template.ts';
import { templatesOf } from '../../web/core/export/recipe-templates.ts';
import { plural } from '../../web/core/flow/format.ts';
import type { Arguments } from '../arguments/parse.ts';
import type { CommandContext } from '../context.ts';
import { openInputs } from '../inputs/open-inputs.ts';
import { needsModel } from '../photos/setting.ts';
import { EXIT } from '../problem.ts';
import { explainOutput, explainTemplate } from './explain.ts';
import { readRecipe } from './read-recipe.ts';

/** `maskwright check`. @returns the exit code */
export async function checkCommand(parsed: Arguments, context: CommandContext): Promise<number> {
  const [place, ...inputs] = parsed.positionals;
  const { recipe } = await readRecipe(place, context);
  const templates = templatesOf(recipe);
  const perPhoto = templates.reduce((sum, template) => sum + sampleCount(template), 0);
  const files =
    inputs.length === 0
      ? null
      : (await openInputs(inputs, { limits: DEFAULT_LIMITS, s3: context.s3 })).length;
  if (parsed.values.json === true) {
    const plan = {
      event: 'plan',
      model: recipe.model,
      tier: recipe.tier,
      templates: templates.map((template) => ({
        name: template.name,
        class: template.className,
        placement: template.placement,
        variantsPerPhoto: sampleCount(template),
      })),
      output: recipe.output,
      variantsPerPhoto: perPhoto,
      needsModel: needsModel(recipe),
      files,
      variants: files === null ? null : files * perPhoto,
    };
    context.stdout.write(`${JSON.stringify(plan)}\n`);
    return EXIT.ok;
  }
  const lines = [
    `${place} is a recipe for the model ${recipe.model}, tier ${recipe.tier}.`,
    '',
    ...templates.flatMap(explainTemplate),
    ...explainOutput(recipe.output),
    '',
    `${plural(perPhoto, 'variant')} of each photo${needsModel(recipe) ? '' : '; no model is needed'}.`,
    ...(files === null
      ? []
      : [`${plural(files, 'file')}: at most ${plural(files * perPhoto, 'variant')}.`]),
    '',
  ];
  context.stdout.write(lines.join('\n'));
  return EXIT.ok;
}
