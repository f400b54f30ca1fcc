import { createEffect, For } from 'solid-js';
import { useApp } from '../app-state.ts';
import { Thumbnail } from '../photos/Thumbnail.tsx';
import css from './Filmstrip.module.css';

/** Every photo at the foot: which is shown, which is the reference, which SAM knows already. */
export function Filmstrip() {
  const { photos, editor, segmenter } = useApp().workshop;
  let strip!: HTMLDivElement;
  createEffect(() => {
    const hash = editor.photo()?.hash;
    if (!hash) return;
    strip
      .querySelector(`[data-photo="${hash}"]`)
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  const stateOf = (hash: string) => {
    if (editor.draft().reference === hash) return 'reference';
    return segmenter.isEncoded(hash) ? 'ready' : 'waiting to be prepared';
  };
  return (
    <div
      ref={strip}
      class={css.strip}
      role="listbox"
      aria-label="Photos"
      aria-orientation="horizontal"
    >
      <For each={photos.list}>
        {(photo) => (
          <button
            type="button"
            class={css.frame}
            role="option"
            aria-selected={editor.photo()?.hash === photo.hash}
            data-photo={photo.hash}
            title={`${photo.name}: ${stateOf(photo.hash)}`}
            onClick={() => editor.show(photo.hash)}
          >
            <Thumbnail hash={photo.hash} alt={photo.name} />
            <span
              class={css.mark}
              classList={{
                [css.ready]: segmenter.isEncoded(photo.hash),
                [css.reference]: editor.draft().reference === photo.hash,
              }}
            />
          </button>
        )}
      </For>
    </div>
  );
}
