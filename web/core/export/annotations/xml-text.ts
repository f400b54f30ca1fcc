/**
 * Text for the inside of an XML element or of an attribute in double quotes. XML 1.0 has no way to
 * write most control characters; they become U+FFFD. White space but the blank is written as a
 * reference, since attributes lose it otherwise (XML 1.0, 3.3.3).
 */
export function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
