import type { Collector } from '../../core/import/collect.ts';
import { type AnnotationFileKind, annotationFileKind } from '../../core/import/file-kind.ts';
import { readLabelMap } from '../../core/import/mask-picture.ts';
import { readYamlNames } from '../../core/import/yaml-names.ts';
import { readClassList } from '../../core/import/yolo.ts';
import type { AnnotationFile } from './contract.ts';
import { readText } from './read-text.ts';

/** Names by numbers (classes, or colours), by the folder of the file that gives them. */
export type NamesByFolder = ReadonlyMap<string, ReadonlyMap<number, string>>;

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** The names that are meant for a file: those of the nearest folder above it. */
export function nearest(names: NamesByFolder, path: string): ReadonlyMap<number, string> | null {
  let best: string | null = null;
  for (const folder of names.keys()) {
    if (path.startsWith(folder) && folder.length >= (best?.length ?? 0)) best = folder;
  }
  return best === null ? null : (names.get(best) ?? null);
}

/** The class names of every `data.yaml` and, where there is none, every `classes.txt`. */
export async function readClassNames(
  files: readonly AnnotationFile[],
  collector: Collector,
): Promise<NamesByFolder> {
  const names = await readLists(files, 'class-list', readClassList, collector);
  for (const file of files.filter(({ path }) => annotationFileKind(path) === 'yaml')) {
    const text = await readText(file);
    const read = text.ok ? readYamlNames(text.value) : text;
    if (read.ok) names.set(folderOf(file.path), read.value);
    else if ('kind' in read.problem) collector.problem(file.path, '', read.problem);
    else {
      const { line, what } = read.problem;
      collector.problem(file.path, `line ${line}`, { kind: 'malformed', what });
    }
  }
  return names;
}

/** The colours of every `labelmap.txt`. */
export async function readColours(
  files: readonly AnnotationFile[],
  collector: Collector,
): Promise<NamesByFolder> {
  return readLists(files, 'label-map', readLabelMap, collector);
}

async function readLists(
  files: readonly AnnotationFile[],
  kind: AnnotationFileKind,
  read: (text: string) => ReadonlyMap<number, string>,
  collector: Collector,
): Promise<Map<string, ReadonlyMap<number, string>>> {
  const names = new Map<string, ReadonlyMap<number, string>>();
  for (const file of files.filter(({ path }) => annotationFileKind(path) === kind)) {
    const text = await readText(file);
    if (text.ok) names.set(folderOf(file.path), read(text.value));
    else collector.problem(file.path, '', text.problem);
  }
  return names;
}
