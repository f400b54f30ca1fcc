import { createResource, Show } from 'solid-js';
import { useApp } from '../app-state.ts';
import css from './Thumbnail.module.css';

/** A small picture of a photo. */
export function Thumbnail(props: { hash: string; alt: string }) {
  const { photos } = useApp().workshop;
  const [url] = createResource(
    () => props.hash,
    (hash) => photos.thumbnail(hash),
    // With `latest` below: a picture that is on its way must not suspend the place around it.
    { initialValue: '' },
  );
  return (
    <Show when={url.latest} fallback={<div class={css.blank} />}>
      <img
        class={css.picture}
        src={url.latest}
        alt={props.alt}
        draggable={false}
        decoding="async"
      />
    </Show>
  );
}
