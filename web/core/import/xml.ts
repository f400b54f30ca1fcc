/** Called for each part of an XML text, in its order. */
export interface XmlHandler {
  open(name: string, attributes: ReadonlyMap<string, string>, line: number): void;
  close?(name: string): void;
  /** Text between tags, white space at its ends removed; not called for white space alone. */
  text?(text: string): void;
}

export interface XmlFault {
  /** From 1. */
  readonly line: number;
  readonly what: string;
}

/** More elements within each other than any annotation has. */
const MAX_DEPTH = 64;

const NAME = '[A-Za-z_][\\w.:-]*';
const SKIPPED = /<\?[\s\S]*?\?>|<!--[\s\S]*?-->/y;
const CDATA = /<!\[CDATA\[([\s\S]*?)\]\]>/y;
const CLOSE = new RegExp(`</(${NAME})\\s*>`, 'y');
const OPEN = new RegExp(`<(${NAME})`, 'y');
const ATTRIBUTE = new RegExp(`\\s+(${NAME})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'y');
const OPEN_END = /\s*(\/?)>/y;
const TEXT = /[^<]+/y;

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

/**
 * Reads the part of XML 1.0 that annotation files use: elements, attributes, text, CDATA and the
 * five named entities. A DOCTYPE is refused, so there are no entities to expand without end. The
 * browser's own parser is not used because it exists in no worker and not in Node.
 *
 * @returns what is wrong, or null; what came before has been handed out by then
 */
export function readXml(text: string, handler: XmlHandler): XmlFault | null {
  const open: string[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  let line = 1;
  let seenRoot = false;
  let fault: string | null = null;

  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) return null;
    for (let i = at; i < pattern.lastIndex; i += 1) if (text.charCodeAt(i) === 10) line += 1;
    at = pattern.lastIndex;
    return match;
  };
  const decoded = (raw: string): string =>
    raw.replace(/&([^;&\s]{0,10});?/g, (whole, name: string) => {
      const character = whole.endsWith(';') ? entity(name) : null;
      if (character === null) fault = `“${whole}” is no entity`;
      return character ?? '';
    });
  const closeTop = () => {
    const name = open.pop();
    if (name !== undefined) handler.close?.(name);
  };

  while (at < text.length && fault === null) {
    const startLine = line;
    const cdata = take(CDATA);
    if (cdata) {
      if (open.length === 0) fault = 'there is text outside of the root element';
      else if (cdata[1].trim()) handler.text?.(cdata[1]);
      continue;
    }
    if (take(SKIPPED)) continue;
    const words = take(TEXT);
    if (words) {
      const content = decoded(words[0]).trim();
      if (content === '') continue;
      if (open.length === 0) fault = 'there is text outside of the root element';
      else handler.text?.(content);
      continue;
    }
    const closing = take(CLOSE);
    if (closing) {
      if (open.at(-1) === closing[1]) closeTop();
      else fault = `</${closing[1]}> closes nothing that is open`;
      continue;
    }
    const opening = take(OPEN);
    if (!opening) {
      fault = text.startsWith('<!DOCTYPE', at) ? 'a DOCTYPE is not read' : 'a tag is broken';
      break;
    }
    if (open.length === 0 && seenRoot) fault = 'there are two root elements';
    if (open.length === MAX_DEPTH) fault = `elements lie more than ${MAX_DEPTH} deep`;
    seenRoot = true;
    const attributes = new Map<string, string>();
    for (let found = take(ATTRIBUTE); found; found = take(ATTRIBUTE)) {
      if (attributes.has(found[1])) fault = `the attribute ${found[1]} is there twice`;
      attributes.set(found[1], decoded(found[2] ?? found[3]));
    }
    const end = take(OPEN_END);
    if (!end) fault = `the tag <${opening[1]}> is broken`;
    if (fault !== null) break;
    open.push(opening[1]);
    handler.open(opening[1], attributes, startLine);
    if (end?.[1] === '/') closeTop();
  }
  if (fault === null && open.length > 0) fault = `<${open.at(-1)}> is not closed`;
  if (fault === null && !seenRoot) fault = 'there is no element';
  return fault === null ? null : { line, what: fault };
}

function entity(name: string): string | null {
  if (Object.hasOwn(ENTITIES, name)) return ENTITIES[name];
  const number = /^#(?:x([0-9a-f]+)|([0-9]+))$/i.exec(name);
  if (!number) return null;
  const code = number[1] ? Number.parseInt(number[1], 16) : Number(number[2]);
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    ? String.fromCodePoint(code)
    : null;
}
