import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { programs, typescript } from '../programs.ts';

/*
 * Each world has a TypeScript program of its own, which knows the globals of that world only.
 * One file per global is planted beside a program that extends the real one.
 */
const root = resolve(import.meta.dirname, '../..');

// Inside the repository, or the programs do not find the types they name.
mkdirSync(join(root, '.cache'), { recursive: true });
const folder = mkdtempSync(join(root, '.cache/programs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const compile = async (...options: readonly string[]): Promise<string> => {
  const { stdout } = await promisify(execFile)(process.execPath, [typescript, ...options], {
    cwd: root,
  }).catch((refusal: { readonly stdout: string }) => refusal);
  return stdout;
};

/** The globals of `names` that `program` does not know. */
async function unknownTo(program: string, names: readonly string[]): Promise<readonly string[]> {
  const here = mkdtempSync(join(folder, 'program-'));
  for (const name of names) {
    writeFileSync(join(here, `${name}.ts`), `export const planted = () => ${name};\n`);
  }
  const config = { extends: join(root, program), include: ['*.ts'], exclude: [] };
  writeFileSync(join(here, 'tsconfig.json'), JSON.stringify(config));
  const output = await compile('-p', here, '--pretty', 'false');
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => /(\w+)\.ts\(.*: error TS\d+: Cannot find name '\1'/.exec(line)?.[1] ?? line)
    .sort();
}

const worlds: Readonly<Record<string, { known: readonly string[]; foreign: readonly string[] }>> = {
  'tsconfig.core.json': {
    known: ['Math', 'Uint8ClampedArray'],
    foreign: ['Buffer', 'ImageData', 'console', 'document', 'fetch', 'process', 'setTimeout'],
  },
  'tsconfig.workers.json': {
    known: ['FileReaderSync', 'FileSystemSyncAccessHandle', 'fetch', 'indexedDB'],
    foreign: ['Buffer', 'HTMLElement', 'document', 'localStorage', 'process', 'window'],
  },
  'tsconfig.page.json': {
    known: ['HTMLElement', 'document', 'fetch', 'localStorage'],
    foreign: ['Buffer', 'FileReaderSync', 'FileSystemSyncAccessHandle', 'importScripts', 'process'],
  },
  'tsconfig.node.json': {
    known: ['Buffer', 'document', 'fetch', 'process'],
    foreign: ['FileReaderSync', 'FileSystemSyncAccessHandle', 'importScripts'],
  },
  'edge-proxy/tsconfig.json': {
    known: ['WebSocketPair', 'fetch'],
    foreign: ['Buffer', 'HTMLElement', 'document', 'indexedDB', 'process', 'window'],
  },
};

describe('a program knows the globals of its own world only', () => {
  it('is asked of every program', () =>
    expect(Object.keys(worlds).sort()).toEqual([...programs].sort()));

  for (const [program, { known, foreign }] of Object.entries(worlds)) {
    it(`${program} knows ${known.join(', ')}, and none of ${foreign.join(', ')}`, async () => {
      expect(await unknownTo(program, [...known, ...foreign])).toEqual([...foreign].sort());
    });
  }
});

const worldFolders = ['web', 'edge-proxy', 'models', 'scripts', 'bench'];

it('every TypeScript file is in a program', async () => {
  const listed = await Promise.all(
    programs.map((program) => compile('-p', program, '--listFilesOnly')),
  );
  const compiled = new Set(
    listed.flatMap((list) => list.split('\n').map((path) => relative(root, path))),
  );
  const files = ['.', ...worldFolders].flatMap((name) =>
    readdirSync(join(root, name), { recursive: name !== '.', encoding: 'utf8' })
      .map((file) => join(name, file))
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('node_modules')),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => !compiled.has(file))).toEqual([]);
});
