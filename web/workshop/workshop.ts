import { createEffect, on } from 'solid-js';
import { isTouched } from './editor/draft.ts';
import { createEditor, type Editor } from './editor/editor.ts';
import { createExporter, type Exporter } from './exporter.ts';
import { createGivenMaskReader } from './given-masks.ts';
import { createHealthCheck, type Health } from './health.ts';
import { createImports, type Imports } from './imports.ts';
import { createNotices, type Notices } from './notices.ts';
import { createPhotoLibrary, type PhotoLibrary } from './photos.ts';
import { createPresetLibrary, type PresetLibrary } from './presets.ts';
import { createPreview, type Preview } from './preview.ts';
import { createProjectFile, type ProjectFile } from './project.ts';
import { createQuality, type Quality } from './quality.ts';
import { createRetention, type Retention } from './retention.ts';
import { createRun, type Run } from './run.ts';
import { createSegmenter, type Segmenter } from './segmenter.ts';
import type { Services } from './services.ts';
import { createStorageMeter, type StorageMeter } from './storage-meter.ts';
import { sweepWhenAlone } from './sweep-when-alone.ts';
import { createTemplateLibrary, type TemplateLibrary } from './templates.ts';
import { createVariantLibrary, type VariantLibrary } from './variants.ts';

/** The local half of the app: everything the screen shows and everything a button does. */
export interface Workshop {
  readonly services: Services;
  readonly notices: Notices;
  readonly segmenter: Segmenter;
  readonly quality: Quality;
  readonly photos: PhotoLibrary;
  readonly templates: TemplateLibrary;
  readonly editor: Editor;
  readonly presets: PresetLibrary;
  readonly preview: Preview;
  readonly variants: VariantLibrary;
  readonly run: Run;
  readonly exporter: Exporter;
  readonly health: Health;
  readonly retention: Retention;
  readonly storageMeter: StorageMeter;
  readonly imports: Imports;
  readonly project: ProjectFile;
  /** Reads back what was kept, then starts the engine. */
  load(): Promise<void>;
}

export function createWorkshop(services: Services): Workshop {
  const notices = createNotices();
  const quality = createQuality(services.database);
  const segmenter = createSegmenter(services, quality);
  const photos = createPhotoLibrary(services, segmenter, notices);
  const templates = createTemplateLibrary(services, notices);
  const editor = createEditor(photos, segmenter, createGivenMaskReader(services.database));
  const presets = createPresetLibrary(services, notices);
  const variants = createVariantLibrary(services, photos, templates, notices, quality.tier);
  const preview = createPreview(services, editor, () => variants.output().seed);
  const run = createRun({ services, segmenter, photos, templates, variants }, notices);
  const project = createProjectFile(services, notices, async () => {
    await Promise.all([photos.load(), templates.load(), presets.load(), variants.load()]);
    editor.open(templates.list[0] ?? null);
  });
  const imports = createImports(services, photos, templates, project, notices);
  const exporter = createExporter(services, segmenter, photos, templates, variants, notices);

  const health = createHealthCheck(services, segmenter, photos, variants);
  const libraries = { photos, templates, variants, run };
  const retention = createRetention(services, libraries, notices);
  const storageMeter = createStorageMeter(services, libraries, notices);

  // Another quality is another embedding of every photo; those made before are still there.
  createEffect(on(quality.tier, () => segmenter.encodeAhead(photos.list), { defer: true }));

  // A saved template is kept up to date as it is changed; an unsaved one survives a reload.
  createEffect(
    on(
      editor.draft,
      (draft) => {
        if (!templates.loaded() || editor.moving()) return;
        if (!templates.isSaved(draft.id)) {
          if (isTouched(draft)) void templates.keepDraft(draft);
        } else if (!templates.obstacle(draft)) {
          void templates.save(draft);
        }
      },
      { defer: true },
    ),
  );

  return {
    services,
    notices,
    segmenter,
    quality,
    photos,
    templates,
    editor,
    presets,
    preview,
    variants,
    run,
    exporter,
    health,
    retention,
    storageMeter,
    imports,
    project,

    async load() {
      await Promise.all([sweepWhenAlone(services.database), quality.load()]);
      await Promise.all([
        photos.load(),
        templates.load(),
        presets.load(),
        variants.load(),
        health.load(),
      ]);
      const draft = await templates.recallDraft();
      if (draft && !templates.isSaved(draft.id)) editor.open(draft);
      else if (templates.list[0]) editor.open(templates.list[0]);
      void run.load();
      void retention.load();
      await segmenter.start();
    },
  };
}
