import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readXml } from './xml.ts';

/** What is read, as a list of words, and what is wrong at the end. */
function read(text: string): string[] {
  const words: string[] = [];
  const fault = readXml(text, {
    open: (name, attributes, line) =>
      words.push(
        `${line} <${name}${[...attributes].map(([key, value]) => ` ${key}=${value}`).join('')}>`,
      ),
    close: (name) => words.push(`</${name}>`),
    text: (content) => words.push(content),
  });
  return fault ? [...words, `line ${fault.line}: ${fault.what}`] : words;
}

test('elements, attributes, text, entities, comments and CDATA', () => {
  const text = `\ufeff<?xml version="1.0"?>
<!-- a > comment -->
<a x="1 &lt; &#50;" y='"'>
  one &amp; two
  <b/>
  <![CDATA[<not> & a tag]]>
</a>
`;
  expect(read(text)).toEqual([
    '3 <a x=1 < 2 y=">',
    'one & two',
    '5 <b>',
    '</b>',
    '<not> & a tag',
    '</a>',
  ]);
});

test.each([
  ['', 'line 1: there is no element'],
  ['<a>', 'line 1: <a> is not closed'],
  ['<a></b>', 'line 1: </b> closes nothing that is open'],
  ['<a/><b/>', 'line 1: there are two root elements'],
  ['<a/>text', 'line 1: there is text outside of the root element'],
  ['<a x="1" x="2"/>', 'line 1: the attribute x is there twice'],
  ['<a\nx=1/>', 'line 1: the tag <a> is broken'],
  ['<a>&nbsp;</a>', 'line 1: “&nbsp;” is no entity'],
  ['<a>&#0;</a>', 'line 1: “&#0;” is no entity'],
  ['<!DOCTYPE a><a/>', 'line 1: a DOCTYPE is not read'],
  ['<a>\n<', 'line 2: a tag is broken'],
  ['<a>'.repeat(100), 'line 1: elements lie more than 64 deep'],
])('%j is refused with its line', (text, words) => expect(read(text).at(-1)).toBe(words));

test('any text ends, whatever is in it', () => {
  const part = fc.constantFrom(
    '<a',
    '>',
    '/>',
    '</a>',
    ' x="',
    '"',
    '<!--',
    '-->',
    '&',
    ';',
    '<![CDATA[',
    ']]>',
    '\n',
    't',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      expect(read(parts.join(''))).toBeInstanceOf(Array);
    }),
  );
});
