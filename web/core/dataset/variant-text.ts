import { describeImageProblem } from './problem-text.ts';
import type { VariantProblem } from './variant.ts';

/** Why a photo has no variant, and what to do about it. */
export function describeVariantProblem(
  problem: VariantProblem,
  photo: string,
): { message: string; next: string } {
  switch (problem.kind) {
    case 'nothing-found':
      return {
        message: `Nothing was found in ${photo} at the place of the template.`,
        next: 'Open the photo to see where the template lands, or give it a template of its own.',
      };
    case 'no-prompts':
      return {
        message: 'The template has no click or box to look for.',
        next: 'Open the template and click the object.',
      };
    case 'no-given-mask':
      return {
        message: `The imported mask of ${photo} is no longer on this device.`,
        next: 'Import the annotations again.',
      };
    case 'engine':
      return {
        message: `Segmentation of ${photo} failed: ${problem.what}`,
        next: 'Generate again; only what is missing is made.',
      };
    case 'worker-crashed':
      return {
        message: `The browser ended the work on ${photo}, usually for want of memory.`,
        next: 'Close other tabs and generate again; only what is missing is made.',
      };
    default:
      return describeImageProblem(problem, photo);
  }
}
