import { fail, ok, type Result } from '../flow/result.ts';

/** Most classes that are read: far more than any model tells apart. */
const MAX_CLASSES = 100_000;

/**
 * The class names of a YOLO dataset file, by their numbers. Of YAML only what such files use for
 * `names` is understood: a list or a map from numbers, as a block or in one line, plain or quoted.
 * Every other key is passed over.
 *
 * @returns the names, or what is wrong with the line
 */
export function readYamlNames(
  text: string,
): Result<ReadonlyMap<number, string>, { readonly line: number; readonly what: string }> {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const start = lines.findIndex((line) => /^(?:names|"names"|'names')\s*:/.test(line));
  if (start < 0) return fail({ line: 1, what: 'it has no “names”' });
  const names = new Map<number, string>();
  const wrong = (line: number, what: string) => fail({ line: line + 1, what });
  const add = (key: number, value: string | null) => {
    if (value === null || names.has(key) || names.size === MAX_CLASSES) return false;
    names.set(key, value);
    return true;
  };

  const rest = lines[start].slice(lines[start].indexOf(':') + 1);
  const inline = withoutComment(rest);
  if (inline !== '') {
    // A list in one line may be broken; it ends with its bracket.
    let flow = inline;
    for (let at = start + 1; !/[\]}]$/.test(flow) && at < lines.length; at += 1) {
      flow += ` ${withoutComment(lines[at])}`;
    }
    const isMap = flow.startsWith('{') && flow.endsWith('}');
    if (!isMap && !(flow.startsWith('[') && flow.endsWith(']'))) {
      return wrong(start, '“names” is neither a list nor a map');
    }
    const parts = splitFlow(flow.slice(1, -1));
    if (!parts) return wrong(start, 'a quote in “names” is not closed');
    for (const [index, part] of parts.entries()) {
      const pair = /^(\d{1,6})\s*:\s*([\s\S]*)$/.exec(part);
      if (isMap && !pair) return wrong(start, `“${part}” is no number and name`);
      const isAdded =
        pair && isMap ? add(Number(pair[1]), scalar(pair[2])) : add(index, scalar(part));
      if (!isAdded) return wrong(start, `“${part}” is no name, or is there twice`);
    }
    return ok(names);
  }

  let position = 0;
  for (let at = start + 1; at < lines.length; at += 1) {
    const line = withoutComment(lines[at]);
    if (line === '') continue;
    const item = /^-\s+([\s\S]*)$/.exec(line);
    const pair = /^(\d{1,6})\s*:\s+([\s\S]*)$/.exec(line);
    // A list may stand at the margin; anything else there is the next key.
    if (/^\S/.test(lines[at]) && !item) break;
    if (!item && !pair) return wrong(at, 'it is neither “- name” nor “number: name”');
    const isAdded = item
      ? add(position++, scalar(item[1]))
      : add(Number(pair?.[1]), scalar(pair?.[2] ?? ''));
    if (!isAdded) return wrong(at, 'it is no name, or its number is there twice');
  }
  return names.size > 0 ? ok(names) : wrong(start, '“names” is empty');
}

/** The line without white space around it and without a comment that follows a blank. */
function withoutComment(line: string): string {
  let quote = '';
  for (let i = 0; i < line.length; i += 1) {
    const character = line[i];
    if (quote) {
      if (character === '\\' && quote === '"') i += 1;
      else if (character === quote) quote = '';
    } else if ((character === '"' || character === "'") && /^$|[\s,[{:-]$/.test(line.slice(0, i))) {
      quote = character;
    } else if (character === '#' && /^$|\s$/.test(line.slice(0, i))) {
      return line.slice(0, i).trim();
    }
  }
  return line.trim();
}

/** The parts between commas that are outside quotes; null when a quote stays open. */
function splitFlow(text: string): string[] | null {
  const parts: string[] = [];
  let part = '';
  let quote = '';
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    if (quote) {
      if (character === '\\' && quote === '"') part += text[i++];
      else if (character === quote) quote = '';
    } else if ((character === '"' || character === "'") && /^\s*$|:\s*$/.test(part)) {
      quote = character;
    } else if (character === ',') {
      parts.push(part.trim());
      part = '';
      continue;
    }
    part += text[i] ?? '';
  }
  if (quote) return null;
  if (part.trim() !== '') parts.push(part.trim());
  return parts;
}

/** A plain or quoted scalar as text; null when it is empty or its quotes do not match. */
function scalar(text: string): string | null {
  const first = text[0];
  if (first !== '"' && first !== "'") return text === '' ? null : text;
  if (text.length < 2 || text.at(-1) !== first) return null;
  const inner = text.slice(1, -1);
  if (first === "'") return inner.replaceAll("''", "'");
  try {
    // The escapes of JSON are those that YAML writers use for names.
    return JSON.parse(`"${inner}"`);
  } catch {
    return null;
  }
}
