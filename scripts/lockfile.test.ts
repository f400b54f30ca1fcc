import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

interface Locked {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8'),
) as { packages: Readonly<Record<string, Locked>> };

/** Whether `name` is locked where Node would look for it from the package at `path`. */
function isLocked(path: string, name: string): boolean {
  const beside = path === '' ? `node_modules/${name}` : `${path}/node_modules/${name}`;
  if (beside in packages) return true;
  if (path === '') return false;
  const above = path.lastIndexOf('node_modules/');
  return isLocked(path.slice(0, Math.max(0, above - 1)), name);
}

// npm leaves out what the registry in use does not have, and `npm ci` then refuses the file.
it('the lock file holds the packages of every platform', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(path, name)),
  );
  expect([...new Set(missing)]).toEqual([]);
});

it('the lock file names no registry', () => {
  const named = Object.values(packages).flatMap(({ resolved }) => resolved ?? []);
  expect(named).toEqual([]);
});
