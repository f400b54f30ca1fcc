import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const read = (file: string) => readFileSync(join(import.meta.dirname, '..', file), 'utf8');
const notice = read('NOTICE');

it('NOTICE names every library that the app or the proxy ships, in the version that is used', () => {
  const { dependencies } = JSON.parse(read('package.json')) as {
    dependencies: Readonly<Record<string, string>>;
  };
  const libraries = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`);
  expect(libraries.length).toBeGreaterThan(10);
  expect(libraries.filter((library) => !notice.includes(library))).toEqual([]);
});

it('NOTICE names the package of every model and every sample photo', () => {
  const { models } = JSON.parse(read('models/manifest.json')) as {
    models: readonly { source: { package: string; version: string } }[];
  };
  const packages = models.map(({ source }) => `${source.package} ${source.version}`);
  const photos = read('public/samples/ATTRIBUTION.md').match(/(?<=^\| `)\w+\.jpg/gm) ?? [];
  expect(photos).toHaveLength(8);
  expect([...packages, ...photos].filter((name) => !notice.includes(name))).toEqual([]);
});

it('LICENSE is the Apache License 2.0, whole', () => {
  const licence = read('LICENSE');
  expect(licence).toContain('Version 2.0, January 2004');
  expect(licence).toContain('APPENDIX: How to apply the Apache License to your work.');
});
