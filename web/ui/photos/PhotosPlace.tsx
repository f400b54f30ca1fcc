import FolderOpen from 'lucide-solid/icons/folder-open';
import ImagePlus from 'lucide-solid/icons/image-plus';
import Save from 'lucide-solid/icons/save';
import { createSignal, For, lazy, Show, Suspense } from 'solid-js';
import { formatBytes, plural } from '../../core/flow/format.ts';
import { useApp } from '../app-state.ts';
import { CommandButton } from '../commands/CommandButton.tsx';
import { Button } from '../controls/Button.tsx';
import { EmptyPhotos } from './EmptyPhotos.tsx';
import { ImportBar } from './ImportBar.tsx';
import { OpenProjectButton } from './OpenProjectButton.tsx';
import { PhotoCard } from './PhotoCard.tsx';
import css from './PhotosPlace.module.css';
import { RefusedFiles } from './RefusedFiles.tsx';

const SaveProjectDialog = lazy(async () => ({
  default: (await import('./ProjectDialogs.tsx')).SaveProjectDialog,
}));

/** The dataset: every photo, and the ways to add more. */
export function PhotosPlace() {
  const { photos, project } = useApp().workshop;
  const [saving, setSaving] = createSignal(false);
  const total = () => photos.list.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <div class={css.place}>
      <ImportBar />
      <RefusedFiles />
      <Show when={photos.loaded()}>
        <Show
          when={photos.list.length > 0}
          fallback={
            <Show when={!photos.importing()}>
              <EmptyPhotos />
            </Show>
          }
        >
          <div class={css.bar}>
            <p class={css.summary}>
              {plural(photos.list.length, 'photo')} · {formatBytes(total())} on this device
            </p>
            <CommandButton command="photos.add" icon={<ImagePlus size={20} />} />
            <CommandButton command="photos.folder" icon={<FolderOpen size={20} />} />
            <OpenProjectButton />
            <Button
              icon={<Save size={20} />}
              aria-haspopup="dialog"
              disabled={project.progress() !== null}
              onClick={() => setSaving(true)}
            >
              Save project…
            </Button>
          </div>
          <ul class={css.grid} aria-label="Photos">
            <For each={photos.list}>{(photo) => <PhotoCard photo={photo} />}</For>
          </ul>
        </Show>
      </Show>
      <Show when={saving()}>
        <Suspense>
          <SaveProjectDialog open onClose={() => setSaving(false)} />
        </Suspense>
      </Show>
    </div>
  );
}
