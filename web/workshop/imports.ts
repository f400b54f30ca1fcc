import { type Accessor, createSignal } from 'solid-js';
import type { Photo } from '../core/dataset/photo.ts';
import { plural } from '../core/flow/format.ts';
import type { ImportedAnnotations } from '../core/import/collect.ts';
import { annotationFileKind } from '../core/import/file-kind.ts';
import type { KnownPhoto } from '../core/import/photo-finder.ts';
import { type ImportItem, isProjectFile } from '../files/import.ts';
import { putGivenTemplates } from '../storage/given-masks.ts';
import { describeStorageProblem } from '../storage/problem.ts';
import type { StoredTemplate } from '../storage/schema.ts';
import { deleteTemplate } from '../storage/templates.ts';
import type { AnnotationFile, ReadProgress } from '../workers/annotations/contract.ts';
import { givenTemplates, type ObjectsOfClass } from './given-templates.ts';
import type { Notices } from './notices.ts';
import { pathOf } from './photo-path.ts';
import type { PhotoLibrary } from './photos.ts';
import type { ProjectFile } from './project.ts';
import type { Services } from './services.ts';
import type { TemplateLibrary } from './templates.ts';
import { whileRunning } from './while-running.ts';

/** The one door for files: photos, annotations, and project files, in any mixture. */
export interface Imports {
  add(items: AsyncIterable<ImportItem>): Promise<void>;
  /** Annotations being read, or null. */
  readonly reading: Accessor<ReadProgress | null>;
  cancelReading(): void;
  /** What was found in annotations and waits for the user's decision, or null. */
  readonly found: Accessor<ImportedAnnotations | null>;
  dismiss(): void;
  /** Makes templates of the classes found. Resolves to the first of them, or null. */
  makeTemplates(how: ObjectsOfClass): Promise<StoredTemplate | null>;
}

export function createImports(
  services: Services,
  photos: PhotoLibrary,
  templates: TemplateLibrary,
  project: Pick<ProjectFile, 'offer'>,
  notices: Notices,
): Imports {
  const { database, annotations } = services;
  const [reading, setReading] = createSignal<ReadProgress | null>(null);
  const [found, setFound] = createSignal<ImportedAnnotations | null>(null);

  async function read(
    files: readonly AnnotationFile[],
    copies: ReadonlyMap<string, readonly string[]>,
  ): Promise<void> {
    setReading({ files: 0, totalFiles: files.length });
    const known = photos.list.map((photo) => knownPhoto(photo, copies.get(photo.hash) ?? []));
    const answer = await whileRunning(setReading, (onProgress) =>
      annotations.read(files, known, onProgress),
    );
    if (answer.ok) setFound(answer.value);
    else if (answer.problem.kind === 'worker-crashed') {
      notices.show({
        tone: 'error',
        message: 'The browser ended the reading of the annotations, usually for want of memory.',
        next: 'Split the files into smaller ones and add those. Your photos are in.',
      });
    }
  }

  return {
    reading,
    found,
    cancelReading: () => void annotations.cancel(),

    async add(items) {
      const sorted = sortItems(items, (file) => void project.offer(file));
      const copies = new Map<string, string[]>();
      await photos.add(sorted.photos, (path, { hash }) => {
        copies.set(hash, [...(copies.get(hash) ?? []), path]);
      });
      if (sorted.annotations.length === 0) return;
      // A dataset brings photos that are there already, and copies of its own; nobody must care.
      photos.forgive('duplicate');
      await read(sorted.annotations, copies);
    },

    dismiss() {
      setFound(null);
    },

    async makeTemplates(how) {
      const result = found();
      setFound(null);
      if (!result || result.classes.length === 0) return null;
      const made = givenTemplates(result.classes, how, templates.list);
      const kept = await putGivenTemplates(database, made);
      if (!kept.ok) {
        notices.show({ tone: 'error', ...describeStorageProblem(kept.problem) });
        return null;
      }
      await templates.load();
      notices.show({
        tone: 'success',
        message: `${plural(made.length, 'template')} made from imported masks.`,
        action: {
          label: 'Undo',
          run: async () => {
            for (const { template } of made) await deleteTemplate(database, template.id);
            await templates.load();
          },
        },
      });
      return made[0].template;
    },
  };
}

function knownPhoto(photo: Photo, copies: readonly string[]): KnownPhoto {
  const { hash, width, height } = photo;
  return { hash, width, height, paths: [...new Set([pathOf(photo), ...copies])] };
}

/**
 * Lets photos through and keeps the rest. Overlays of our own archives are neither; that an archive
 * is ours is told by its manifest, which comes first.
 */
function sortItems(items: AsyncIterable<ImportItem>, onProject: (file: Blob) => void) {
  const annotations: AnnotationFile[] = [];
  const ownFolders: string[] = [];

  async function* photosOf(): AsyncGenerator<ImportItem> {
    for await (const item of items) {
      const path = pathOf(item);
      if (!item.ok) {
        yield item;
      } else if (isProjectFile(item.name)) {
        onProject(item.blob);
      } else if (annotationFileKind(path)) {
        annotations.push({ path, blob: item.blob });
        if (item.name === 'manifest.json') ownFolders.push(path.slice(0, -item.name.length));
      } else if (!ownFolders.some((folder) => path.startsWith(`${folder}overlays/`))) {
        yield item;
      }
    }
  }

  return { photos: photosOf(), annotations };
}
