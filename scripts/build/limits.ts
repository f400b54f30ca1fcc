import { gzipSync } from 'node:zlib';

/** The first load of the app: HTML, its scripts and styles; no engine, no model, no lazy place. */
export const FIRST_LOAD_GZIP_BYTES = 80_000;

/** Static hosting on Workers refuses larger files. */
export const FILE_BYTES = 25 * 2 ** 20;

/** A built file: its path in the site, with `/` between folders, and its content. */
export interface BuiltFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/** The paths that `html` makes a browser load before anything runs, without `base`. */
export function firstLoadPaths(html: string, base = '/'): readonly string[] {
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  const loaded = tags.filter((tag) => /^<script|rel="(?:stylesheet|modulepreload)"/.test(tag));
  const addresses = loaded.flatMap((tag) => /(?:src|href)="([^"]+)"/.exec(tag)?.[1] ?? []);
  return [...new Set(addresses.map((address) => address.replace(base, '')))];
}

/**
 * The gzipped size of `index.html` and of what it loads, in bytes.
 * Throws when a file that the page names was not built.
 */
export function firstLoadBytes(files: readonly BuiltFile[], base?: string): number {
  const contentOf = (path: string): Uint8Array => {
    const file = files.find((candidate) => candidate.path === path);
    if (!file) throw new Error(`index.html loads ${path}, which was not built.`);
    return file.content;
  };
  const html = new TextDecoder().decode(contentOf('index.html'));
  return ['index.html', ...firstLoadPaths(html, base)]
    .map((path) => gzipSync(contentOf(path)).byteLength)
    .reduce((sum, bytes) => sum + bytes, 0);
}

/** One sentence for each limit that `files` break; none when the site may be deployed. */
export function brokenLimits(files: readonly BuiltFile[], base?: string): readonly string[] {
  const large = files
    .filter(({ content }) => content.byteLength >= FILE_BYTES)
    .map(
      ({ path, content }) =>
        `${path} has ${content.byteLength} bytes; a file must stay below ${FILE_BYTES}.`,
    );
  const first = firstLoadBytes(files, base);
  return first <= FIRST_LOAD_GZIP_BYTES
    ? large
    : [
        ...large,
        `The first load has ${first} bytes after gzip; it may have ${FIRST_LOAD_GZIP_BYTES}.`,
      ];
}
