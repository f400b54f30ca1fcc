import { type Accessor, createSignal } from 'solid-js';
import { planArchive } from '../core/export/plan.ts';
import { formatBytes } from '../core/flow/format.ts';
import { saveBlob } from '../files/save.ts';
import { describeStorageProblem } from '../storage/problem.ts';
import type { ArchiveProblem, ArchiveProgress } from '../workers/archive/contract.ts';
import type { Notices } from './notices.ts';
import type { PhotoLibrary } from './photos.ts';
import type { Segmenter } from './segmenter.ts';
import type { Services } from './services.ts';
import type { TemplateLibrary } from './templates.ts';
import type { VariantLibrary } from './variants.ts';

export interface Exporter {
  /** Progress of the archive being written, or null. */
  readonly progress: Accessor<ArchiveProgress | null>;
  /** Writes the ZIP and hands it to the browser's download. */
  download(): Promise<void>;
  cancel(): void;
}

const ARCHIVE_NAME = 'maskwright-dataset.zip';

function explain(problem: ArchiveProblem): { message: string; next: string } {
  switch (problem.kind) {
    case 'output-missing':
      return {
        message: `${problem.path} is no longer on this device.`,
        next: 'Generate again; only what is missing is made. Then download again.',
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

  return {
    progress,

    async download() {
      if (progress()) return;
      setProgress({ files: 0, totalFiles: 0, bytes: 0 });
      try {
        const { engine, appVersion, archive } = services;
        const files = planArchive({
          photos: photos.list,
          templates: templates.list,
          items: (await variants.settled()).map(({ photo, template, variant }) => ({
            photo,
            template,
            variant,
          })),
          output: variants.output(),
          model: {
            id: engine.id,
            encoderSha256: engine.encoder.sha256,
            decoderSha256: engine.decoder.sha256,
            backend: backend(),
          },
          appVersion,
        });
        const built = await archive.build(files, setProgress);
        if (built.ok) {
          saveBlob(built.value, ARCHIVE_NAME);
          const size = formatBytes(built.value.size);
          notices.show({
            tone: 'success',
            message: `${ARCHIVE_NAME}, ${size}, handed to your downloads.`,
          });
        } else {
          const tone = built.problem.kind === 'cancelled' ? 'info' : 'error';
          notices.show({ tone, ...explain(built.problem) });
        }
      } finally {
        setProgress(null);
      }
    },

    cancel() {
      void services.archive.cancel();
    },
  };
}
