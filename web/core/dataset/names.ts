/**
 * Device names of Windows: a file called so, with any extension, cannot be created there.
 * https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 */
const RESERVED = /^(?:con|prn|aux|nul|conin|conout|com[0-9¹²³]|lpt[0-9¹²³])$/;

/** Characters of a name that a person gives: to a template, its class, a part, a preset. */
export const MAX_NAME = 100;

/** Slugs are cut here, so that path, suffix and extension stay far below the usual 255 bytes. */
const MAX_SLUG_BYTES = 120;

/** The name of a file without its folders and its last extension. */
export function fileStem(path: string): string {
  const name = path.split(/[/\\]/).at(-1) ?? '';
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

/**
 * Turns any text into the name of a file or folder that is legal on every system: lower-case
 * letters and digits of any script, `-` and `_` between them. Never empty, never a path, never a
 * device name, at most 120 bytes of UTF-8.
 */
export function slug(text: string): string {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{Letter}\p{Mark}\p{Number}_]+/gu, '-');
  const tidy = trimmed(cutToBytes(trimmed(words), MAX_SLUG_BYTES));
  if (tidy === '') return 'unnamed';
  return RESERVED.test(tidy) ? `${tidy}-file` : tidy;
}

/** Slugs of `texts`, in their order and all different: the second `dog` becomes `dog-2`. */
export function uniqueNames(texts: readonly string[]): string[] {
  const slugs = texts.map(slug);
  // Plain names come first, so that "a-2" keeps its name when "a" occurs twice before it.
  const taken = new Set(slugs);
  const seen = new Set<string>();
  const nextNumber = new Map<string, number>();
  return slugs.map((name) => {
    if (!seen.has(name)) {
      seen.add(name);
      return name;
    }
    let number = nextNumber.get(name) ?? 2;
    while (taken.has(`${name}-${number}`)) number += 1;
    nextNumber.set(name, number + 1);
    const unique = `${name}-${number}`;
    taken.add(unique);
    return unique;
  });
}

/** `wanted`, or `wanted 2`, `wanted 3`… if it is taken; never longer than `MAX_NAME`. */
export function unusedName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted.slice(0, MAX_NAME);
  for (let number = 2; taken.has(name); number += 1) {
    const end = ` ${number}`;
    name = `${wanted.slice(0, MAX_NAME - end.length)}${end}`;
  }
  return name;
}

function trimmed(text: string): string {
  return text.replace(/^[-\p{Mark}]+/u, '').replace(/-+$/, '');
}

/** Cuts whole code points off the end until the UTF-8 form fits. */
function cutToBytes(text: string, limit: number): string {
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (bytes > limit) break;
    end += character.length;
  }
  return text.slice(0, end);
}
