import { type Accessor, createSignal } from 'solid-js';
import { planArchive } from '../core/export/plan.ts';
import type { PhotoMask } from '../core/export/recipe-templates.ts';
import { formatBytes } from '../core/flow/format.ts';
import { ok, type Result } from '../core/flow/result.ts';
import { askWhere, saveBlob } from '../files/save.ts';
import { listGivenMasks } from '../storage/given-masks.ts';
import { describeStorageProblem, type StorageProblem } from '../storage/problem.ts';
import type { ArchiveProblem, ArchiveProgress } from '../workers/archive/contract.ts';
import type { Notices } from './notices.ts';
import type { PhotoLibrary } from './photos.ts';
import type { Segmenter } from './segmenter.ts';
import type { Services } from './services.ts';
import type { TemplateLibrary } from './templates.ts';
import type { VariantLibrary } from './variants.ts';
import { whileRunning } from './while-running.ts';

export interface Exporter {
  /** Progress of the archive being written, or null. */
  readonly progress: Accessor<ArchiveProgress | null>;
  /** Writes the ZIP and hands it to the browser's download. */
  download(): Promise<void>;
  /** Writes the ZIP straight into a file that the user chooses; see `canAskWhere`. */
  saveAs(): Promise<void>;
  cancel(): void;
}

const ARCHIVE_NAME = 'maskwright-dataset.zip';

/** What happened to an archive, and what to do. */
export function describeArchiveProblem(problem: ArchiveProblem): { message: string; next: string } {
  switch (problem.kind) {
    case 'output-missing':
      return {
        message: `${problem.path} is no longer on this device.`,
        next: 'Generate again; only what is missing is made. Then download again.',
      };
    case 'not-writable':
      return {
        message: `The chosen file cannot be written to (${problem.what}).`,
        next: 'Choose another place, or download the ZIP instead.',
      };
    case 'worker-crashed':
      return {
        message: 'The browser ended the work on the archive.',
        next: 'Close other tabs, then download again.',
      };
    case 'cancelled':
      return { message: 'Download cancelled.', next: 'Your results are still here.' };
    default:
      return describeStorageProblem(problem);
  }
}

export function createExporter(
  services: Services,
  segmenter: Segmenter,
  photos: PhotoLibrary,
  templates: TemplateLibrary,
  variants: VariantLibrary,
  notices: Notices,
): Exporter {
  const [progress, setProgress] = createSignal<ArchiveProgress | null>(null);

  function backend(): string {
    const state = segmenter.state();
    return state.kind === 'ready'
      ? `onnxruntime-web ${state.report.engine}, ${state.report.backend}`
      : 'onnxruntime-web';
  }

  async function givenMasks(): Promise<Result<Map<string, readonly PhotoMask[]>, StorageProblem>> {
    const masks = new Map<string, readonly PhotoMask[]>();
    for (const { id, placement, given } of templates.list) {
      if (placement !== 'given-masks') continue;
      const kept = await listGivenMasks(services.database, id);
      if (!kept.ok) return kept;
      const own = kept.value.filter(({ photo }) => given?.[photo] !== undefined);
      masks.set(
        id,
        own.map(({ photo, mask }) => ({ sha256: photo, ...mask })),
      );
    }
    return ok(masks);
  }

  async function write(target?: FileSystemFileHandle): Promise<void> {
    if (progress()) return;
    setProgress({ files: 0, totalFiles: 0, bytes: 0 });
    try {
      const { engine, appVersion, archive } = services;
      const given = await givenMasks();
      if (!given.ok) {
        notices.show({ tone: 'error', ...describeStorageProblem(given.problem) });
        return;
      }
      const files = planArchive({
        photos: photos.list,
        templates: templates.list,
        items: await variants.settled(),
        output: variants.output(),
        model: {
          id: engine.id,
          encoderSha256: engine.encoder.sha256,
          decoderSha256: engine.decoder.sha256,
          tier: segmenter.tier(),
          backend: backend(),
        },
        appVersion,
        givenMasks: given.value,
      });
      const built = await whileRunning(setProgress, (onProgress) =>
        archive.build(files, onProgress, target),
      );
      if (built.ok) {
        if (!target) saveBlob(built.value, ARCHIVE_NAME);
        const size = formatBytes(built.value.size);
        notices.show({
          tone: 'success',
          message: target
            ? `${target.name}, ${size}, is written.`
            : `${ARCHIVE_NAME}, ${size}, handed to your downloads.`,
        });
      } else {
        const tone = built.problem.kind === 'cancelled' ? 'info' : 'error';
        notices.show({ tone, ...describeArchiveProblem(built.problem) });
      }
    } finally {
      setProgress(null);
    }
  }

  return {
    progress,
    download: () => write(),

    async saveAs() {
      // Asked for before anything else: the browser wants the click to be fresh.
      const target = await askWhere(ARCHIVE_NAME, 'ZIP archive', '.zip');
      if (target) await write(target);
    },

    cancel() {
      void services.archive.cancel();
    },
  };
}
