import { type Accessor, createSignal } from 'solid-js';
import { formatBytes, plural } from '../core/flow/format.ts';
import type { ProjectSummary } from '../core/project/manifest.ts';
import { PROJECT_EXTENSION } from '../files/import.ts';
import { saveBlob } from '../files/save.ts';
import { describeStorageProblem } from '../storage/problem.ts';
import type { ArchiveProgress, ImportMode, ProjectProblem } from '../workers/archive/contract.ts';
import { describeArchiveProblem } from './exporter.ts';
import type { Notices } from './notices.ts';
import type { Services } from './services.ts';
import { whileRunning } from './while-running.ts';

/** A project file that waits for the user's decision. */
export interface OfferedProject extends ProjectSummary {
  readonly file: Blob;
}

/** The whole project as one file, out and in. */
export interface ProjectFile {
  /** A project file being written or read, or null. */
  readonly progress: Accessor<(ArchiveProgress & { readonly doing: 'saving' | 'opening' }) | null>;
  readonly offered: Accessor<OfferedProject | null>;
  /** Writes everything into one file and hands it to the browser's downloads. */
  save(withResults: boolean): Promise<void>;
  /** Looks into a project file and offers it. */
  offer(file: Blob): Promise<void>;
  /** Takes the offered project in. */
  take(mode: ImportMode): Promise<void>;
  dismiss(): void;
  cancel(): void;
}

const FILE_NAME = `project${PROJECT_EXTENSION}`;

function explain(problem: ProjectProblem): { message: string; next: string } {
  switch (problem.kind) {
    case 'bad-file':
      return {
        message: `This project file cannot be used: ${problem.what}.`,
        next: 'Nothing was changed. Save the project again where it came from.',
      };
    case 'cancelled':
      return { message: 'Opening the project was stopped.', next: 'Nothing was changed.' };
    case 'worker-crashed':
      return {
        message: 'The browser ended the work on the project file.',
        next: 'Nothing was changed. Close other tabs, then open it again.',
      };
    default:
      return describeStorageProblem(problem);
  }
}

/** @param reload reads everything back from the device once a project has come in */
export function createProjectFile(
  { archive, appVersion }: Services,
  notices: Notices,
  reload: () => Promise<void>,
): ProjectFile {
  const [progress, setProgress] = createSignal<ReturnType<ProjectFile['progress']>>(null);
  const [offered, setOffered] = createSignal<OfferedProject | null>(null);

  const show = (doing: 'saving' | 'opening') => (current: ArchiveProgress | null) => {
    setProgress(current && { doing, ...current });
  };
  const report = (words: { message: string; next: string }, wasCancelled: boolean) =>
    notices.show({ tone: wasCancelled ? 'info' : 'error', ...words });

  return {
    progress,
    offered,

    async save(withResults) {
      if (progress()) return;
      setProgress({ doing: 'saving', files: 0, totalFiles: 0, bytes: 0 });
      const built = await whileRunning(show('saving'), (onProgress) =>
        archive.buildProject({ appVersion, withResults }, onProgress),
      );
      if (!built.ok) {
        report(describeArchiveProblem(built.problem), built.problem.kind === 'cancelled');
        return;
      }
      saveBlob(built.value, FILE_NAME);
      const size = formatBytes(built.value.size);
      notices.show({
        tone: 'success',
        message: `${FILE_NAME}, ${size}, handed to your downloads.`,
      });
    },

    async offer(file) {
      const summary = await archive.inspectProject(file);
      if (summary.ok) setOffered({ ...summary.value, file });
      else report(explain(summary.problem), false);
    },

    async take(mode) {
      const project = offered();
      setOffered(null);
      if (!project || progress()) return;
      setProgress({ doing: 'opening', files: 0, totalFiles: 0, bytes: 0 });
      const taken = await whileRunning(show('opening'), (onProgress) =>
        archive.importProject(project.file, mode, onProgress),
      );
      if (!taken.ok) {
        report(explain(taken.problem), taken.problem.kind === 'cancelled');
        return;
      }
      await reload();
      const { photos, templates, results } = taken.value;
      const parts = [plural(photos, 'photo'), plural(templates, 'template')];
      if (results > 0) parts.push(plural(results, 'result'));
      notices.show({
        tone: 'success',
        message: `${parts.join(', ')} ${mode === 'merge' ? 'added' : 'opened'}.`,
      });
    },

    dismiss: () => setOffered(null),
    cancel: () => void archive.cancel(),
  };
}
