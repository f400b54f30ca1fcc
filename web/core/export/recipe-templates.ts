import { type Component, hasRanges, type Template } from '../dataset/template.ts';
import type { Tier } from '../segmentation/tiers.ts';
import { type GivenMask, givenMaskId } from '../transfer/given-mask.ts';
import type { OutputSettings, Recipe } from './recipe.ts';

/** A given mask and the SHA-256 of its photo. */
export interface PhotoMask extends GivenMask {
  readonly sha256: string;
}

/**
 * The recipe of a project.
 *
 * @param fileOf names the file of a reference photo
 * @param masksOf the masks that a template of given masks brings, by its id
 */
export function makeRecipe(
  model: string,
  tier: Tier,
  templates: readonly Template[],
  output: OutputSettings,
  fileOf: (sha256: string) => string,
  masksOf: (templateId: string) => readonly PhotoMask[] = () => [],
): Recipe {
  return {
    maskwright: 1,
    model,
    tier,
    templates: templates.map((template) => ({
      name: template.name,
      class: template.className,
      placement: template.placement,
      reference: { file: fileOf(template.reference), sha256: template.reference },
      components: template.components.map(({ name, prompts, edits }) => ({ name, prompts, edits })),
      ...rangeFields(template),
      ...(template.placement === 'given-masks' && { masks: masksOf(template.id) }),
    })),
    output,
  };
}

/** What only templates with ranges have. */
function rangeFields({
  components,
  count,
  shuffle,
}: Pick<Recipe['templates'][number], 'components' | 'count' | 'shuffle'>) {
  if (!hasRanges({ components })) return {};
  return { ...(count !== undefined && { count }), ...(shuffle !== undefined && { shuffle }) };
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
    ...rangeFields(template),
    ...(template.masks && {
      given: Object.fromEntries(template.masks.map((mask) => [mask.sha256, givenMaskId(mask)])),
    }),
  }));
}
