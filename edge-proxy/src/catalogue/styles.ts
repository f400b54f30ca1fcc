/** Prompt styles: words put behind the user's own. */
import type { Style } from '../../contract.ts';

export const promptStyles: Readonly<
  Record<Style, { readonly title: string; readonly words: string }>
> = {
  standard: { title: 'Standard', words: '' },
  anime: { title: 'Anime', words: 'anime style, clean cel shading, expressive line work' },
  'line-art': { title: 'Line Art', words: 'black line art on white, no shading, even strokes' },
  'flat-logo': { title: 'Flat Logo', words: 'flat logo, two or three solid colours, no gradients' },
  watercolor: { title: 'Watercolor', words: 'watercolor on textured paper, soft wet edges' },
  abstract: { title: 'Abstract', words: 'abstract composition of shape, colour and rhythm' },
  minimalist: { title: 'Minimalist', words: 'minimalist, few elements, generous empty space' },
  vintage: { title: 'Vintage', words: 'vintage print, faded colours, fine grain' },
  grunge: { title: 'Grunge', words: 'grunge, distressed texture, high contrast, worn edges' },
};

export function styledPrompt(prompt: string, style: Style | undefined): string {
  const added = promptStyles[style ?? 'standard'].words;
  return added === '' ? prompt : prompt === '' ? added : `${prompt}, ${added}`;
}
