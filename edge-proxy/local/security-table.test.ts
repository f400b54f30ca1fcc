import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'docs/security.md'), 'utf8');
const table = text.slice(text.indexOf('### V1 '));

/** Lines of the tables: which requirements, and what holds them. */
const lines = [...table.matchAll(/^\| ([\d., –]+?) +\| (.+?) +\|$/gm)].map(
  ([, rows, held]) => [rows!, held!] as const,
);

/** `1.2.5–1.2.8, 1.3.1` as single numbers. */
function numbers(rows: string): string[] {
  return rows.split(', ').flatMap((part) => {
    const [first, last = first] = part.split('–') as [string, string?];
    const section = first.slice(0, first.lastIndexOf('.'));
    const end = (row: string): number => Number(row.slice(row.lastIndexOf('.') + 1));
    return Array.from(
      { length: end(last) - end(first) + 1 },
      (_, i) => `${section}.${end(first) + i}`,
    );
  });
}

/** `V1 …`: requirements of levels 1 and 2 in each chapter of ASVS 5.0.0. */
const perChapter: Readonly<Record<string, number>> = {
  ...{ 1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7 },
  ...{ 10: 29, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16, 17: 7 },
};

/** What stands in the place of a test. */
const reason =
  /^(?:design|platform|open|does not apply|the page's part|this page|pool settings|one |Workers logs)/;

describe('the table of security requirements', () => {
  it('has each one once', () => {
    const all = lines.flatMap(([rows]) => numbers(rows));
    expect(new Set(all).size).toBe(all.length);
    const counts: Record<string, number> = {};
    for (const row of all) {
      const chapter = row.split('.')[0]!;
      counts[chapter] = (counts[chapter] ?? 0) + 1;
    }
    expect(counts).toEqual(perChapter);
    expect(all.length).toBe(253);
  });

  it('says for each line what holds it, and names only files and tests that exist', () => {
    const sources = readdirSync(join(root, 'edge-proxy/src'), {
      recursive: true,
      encoding: 'utf8',
    });
    const known = (name: string): boolean =>
      existsSync(join(root, name)) ||
      existsSync(join(root, 'edge-proxy', name)) ||
      sources.some((file) => file === name || (!name.includes('/') && basename(file) === name));
    for (const [rows, held] of lines) {
      const named = [...held.matchAll(/`([\w/.-]+\.(?:ts|md|json))`/g)].map(([, name]) => name!);
      expect(
        named.filter((name) => !known(name)),
        rows,
      ).toEqual([]);
      expect(named.length > 0 || reason.test(held), `${rows}: ${held}`).toBe(true);
    }
  });
});
