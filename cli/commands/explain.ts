import { sampleCount, type Template } from '../../web/core/dataset/template.ts';
import { EDIT_RANGES } from '../../web/core/edits/edits.ts';
import { isRange } from '../../web/core/edits/settings.ts';
import type { OutputSettings } from '../../web/core/export/recipe.ts';
import { plural } from '../../web/core/flow/format.ts';
import type { Placement } from '../../web/core/transfer/placement.ts';

const PLACES: Readonly<Record<Placement, string>> = {
  'same-place': 'clicked at the same place of every photo',
  'centre-point': 'the object in the centre of every photo',
  'whole-image': 'the whole photo',
  'given-masks': 'masks that the recipe brings; photos without one are left out',
};

/** A template in words, a line for itself and one for each part. */
export function explainTemplate(template: Template): string[] {
  const count = sampleCount(template);
  return [
    `Template “${template.name}”, class “${template.className}”: ${PLACES[template.placement]}` +
      `${count > 1 ? `, ${plural(count, 'variant')} a photo` : ''}.`,
    ...template.components.map(({ name, prompts, edits }) => {
      const changed = EDIT_RANGES.filter((range) => edits[range.name] !== range.neutral).map(
        (range) => {
          const setting = edits[range.name];
          return `${range.name} ${isRange(setting) ? `${setting.from}…${setting.to}` : setting}`;
        },
      );
      const shown =
        template.placement === 'same-place'
          ? `${plural(prompts.points.length, 'click')}${prompts.box ? ' and a box' : ''}, `
          : '';
      return `  ${name}: ${shown}${changed.join(', ') || 'no edit'}`;
    }),
  ];
}

/** The settings of the output in words. */
export function explainOutput(output: OutputSettings): string[] {
  const { format, quality, lossless, maxSide, masks, annotations, splits } = output;
  const isExact = format === 'png' || (format === 'webp' && lossless);
  return [
    `Pictures: ${format}${isExact ? ', exact' : `, quality ${quality}`}` +
      `${maxSide === null ? '' : `, at most ${maxSide} px long`}; ${masks ? 'with' : 'without'} masks.`,
    `Annotations: ${annotations.join(', ') || 'none'}; splits: ` +
      `${Object.entries(splits)
        .map(([name, share]) => `${name} ${Math.round(share * 1000) / 10} %`)
        .join(', ')}.`,
  ];
}
