import type { Problem } from '../problem.ts';
import type { PhotoAnswer } from './contract.ts';

/** What a photo thread says; it is told nothing but jobs. */
export type FromThread =
  | { readonly kind: 'ready' }
  | { readonly kind: 'not-started'; readonly problem: Problem }
  /** To the oldest job that it was given and has not answered. */
  | { readonly kind: 'answer'; readonly answer: PhotoAnswer };
