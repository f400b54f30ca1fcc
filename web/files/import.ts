import type { ImageProblem } from '../core/dataset/image-problem.ts';

interface ImportedFrom {
  /** File name without folders. */
  readonly name: string;
  /** Folders it came from, joined by `/`; '' when none are known. */
  readonly folder: string;
}

/**
 * One file on its way in: a candidate whose bytes nobody has looked at yet, or the reason why it
 * could not even be read. The sources in `import/` yield these.
 */
export type ImportItem =
  | (ImportedFrom & { readonly ok: true; readonly blob: Blob })
  | (ImportedFrom & { readonly ok: false; readonly problem: ImageProblem });

/** Splits `a/b/c.jpg` into its folder `a/b` and its name `c.jpg`. */
export function splitPath(path: string): ImportedFrom {
  const slash = path.lastIndexOf('/');
  return { folder: slash < 0 ? '' : path.slice(0, slash), name: path.slice(slash + 1) };
}

/** How project files end: everything of a project in one archive. */
export const PROJECT_EXTENSION = '.maskwright';

export function isProjectFile(name: string): boolean {
  return name.toLowerCase().endsWith(PROJECT_EXTENSION);
}

const CLUTTER: ReadonlySet<string> = new Set([
  '__macosx',
  'thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  '@eadir',
]);

/** Whether systems left this in a folder or archive: nobody means to import it. */
export function isClutter(path: string): boolean {
  return path
    .split('/')
    .some(
      (part) =>
        (part.startsWith('.') && part !== '.' && part !== '..') || CLUTTER.has(part.toLowerCase()),
    );
}
