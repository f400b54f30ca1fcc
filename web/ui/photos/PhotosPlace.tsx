import FolderOpen from 'lucide-solid/icons/folder-open';
import ImagePlus from 'lucide-solid/icons/image-plus';
import { For, Show } from 'solid-js';
import { formatBytes, plural } from '../../core/flow/format.ts';
import { useApp } from '../app-state.ts';
import { CommandButton } from '../commands/CommandButton.tsx';
import { EmptyPhotos } from './EmptyPhotos.tsx';
import { ImportBar } from './ImportBar.tsx';
import { PhotoCard } from './PhotoCard.tsx';
import css from './PhotosPlace.module.css';
import { RefusedFiles } from './RefusedFiles.tsx';

/** The dataset: every photo, and the ways to add more. */
export function PhotosPlace() {
  const { photos } = useApp().workshop;
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
          </div>
          <ul class={css.grid} aria-label="Photos">
            <For each={photos.list}>{(photo) => <PhotoCard photo={photo} />}</For>
          </ul>
        </Show>
      </Show>
    </div>
  );
}
