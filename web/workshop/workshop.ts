import { createEffect, on } from 'solid-js';
import { sweep } from '../storage/sweep.ts';
import { isTouched } from './editor/draft.ts';
import { createEditor, type Editor } from './editor/editor.ts';
import { createExporter, type Exporter } from './exporter.ts';
import { createNotices, type Notices } from './notices.ts';
import { createPhotoLibrary, type PhotoLibrary } from './photos.ts';
import { createPreview, type Preview } from './preview.ts';
import { createRun, type Run } from './run.ts';
import { createSegmenter, type Segmenter } from './segmenter.ts';
import type { Services } from './services.ts';
import { createTemplateLibrary, type TemplateLibrary } from './templates.ts';
import { createVariantLibrary, type VariantLibrary } from './variants.ts';

/** The local half of the app: everything the screen shows and everything a button does. */
export interface Workshop {
  readonly services: Services;
  readonly notices: Notices;
  readonly segmenter: Segmenter;
  readonly photos: PhotoLibrary;
  readonly templates: TemplateLibrary;
  readonly editor: Editor;
  readonly preview: Preview;
  readonly variants: VariantLibrary;
  readonly run: Run;
  readonly exporter: Exporter;
  /** Reads back what was kept, then starts the engine. */
  load(): Promise<void>;
}

export function createWorkshop(services: Services): Workshop {
  const notices = createNotices();
  const segmenter = createSegmenter(services);
  const photos = createPhotoLibrary(services, segmenter, notices);
  const templates = createTemplateLibrary(services, notices);
  const editor = createEditor(photos, segmenter);
  const preview = createPreview(services, editor);
  const variants = createVariantLibrary(services, photos, templates, notices);
  const run = createRun(services, segmenter, variants, notices);
  const exporter = createExporter(services, segmenter, photos, templates, variants, notices);

  // A saved template is kept up to date as it is changed; an unsaved one survives a reload.
  createEffect(
    on(
      editor.draft,
      (draft) => {
        if (!templates.loaded()) return;
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
    photos,
    templates,
    editor,
    preview,
    variants,
    run,
    exporter,

    async load() {
      await sweep(services.database);
      await Promise.all([photos.load(), templates.load(), variants.load()]);
      const draft = await templates.recallDraft();
      if (draft && !templates.isSaved(draft.id)) editor.open(draft);
      else if (templates.list[0]) editor.open(templates.list[0]);
      await segmenter.start();
    },
  };
}
