import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '../..');

/** A project made of nothing but planted files, judged by this project's lint configuration. */
export interface PlantedProject {
  /** Plants `source` and gives its path: `folder/planted-N.EXTENSION`. */
  plant(folder: string, source: string, extension?: string): string;
  /** Plants `source` at exactly this path. */
  plantAt(path: string, source: string): string;
  /** Lints all that was planted. Call once, after planting. */
  lint(): Promise<void>;
  /** The rules that the file at `path` breaks, one entry per finding. */
  broken(path: string): readonly string[];
}

interface Report {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly location: { readonly path: string };
  }[];
}

/** All files are linted by one process: the linter's start costs more than two hundred files. */
export function plantedProject(): PlantedProject {
  const files = new Map<string, string>();
  const findings = new Map<string, string[]>();

  const plantAt = (path: string, source: string): string => {
    if (files.has(path)) throw new Error(`${path} is planted already`);
    files.set(path, `${source}\n`);
    return path;
  };

  const lint = async (): Promise<void> => {
    const folder = mkdtempSync(join(tmpdir(), 'maskwright-rules-'));
    try {
      for (const file of ['biome.json', '.gitignore', 'scripts/lint']) {
        cpSync(join(root, file), join(folder, file), { recursive: true });
      }
      for (const [path, source] of files) {
        mkdirSync(join(folder, dirname(path)), { recursive: true });
        writeFileSync(join(folder, path), source);
      }
      for (const { category, location } of (await report(folder)).diagnostics) {
        const rule = category.split('/').at(-1) ?? category;
        findings.set(location.path, [...(findings.get(location.path) ?? []), rule]);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  return {
    plant: (folder, source, extension = 'ts') =>
      plantAt(`${folder}/planted-${files.size}.${extension}`, source),
    plantAt,
    lint,
    broken: (path) => findings.get(path) ?? [],
  };
}

async function report(folder: string): Promise<Report> {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [biome, 'lint', '--reporter=json', '--max-diagnostics=none'],
    { cwd: folder, maxBuffer: 64 * 2 ** 20 },
  ).catch((refusal: { readonly stdout: string }) => refusal);
  return JSON.parse(stdout);
}
