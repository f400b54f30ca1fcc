import type { ImageProblem } from '../../web/core/dataset/image-problem.ts';
import { describeImageProblem } from '../../web/core/dataset/problem-text.ts';
import { codeOf, textOf } from '../problem.ts';

/** Why a file's bytes cannot be had, or are refused before anybody looks at them. */
export type ReadProblem = ImageProblem | { readonly kind: 'unread'; readonly why: string };

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'no permission',
};

/** The operating system's reason in words. */
export function unread(error: unknown): ReadProblem {
  return { kind: 'unread', why: REASONS[codeOf(error)] ?? textOf(error) };
}

/** What is wrong with a file and what to do about it, in words that name it. */
export function describeReadProblem(problem: ReadProblem, path: string) {
  if (problem.kind !== 'unread') return describeImageProblem(problem, path);
  return {
    message: `“${path}” cannot be read: ${problem.why}.`,
    next: 'Check its name and who may read it, then run again with --resume.',
  };
}
