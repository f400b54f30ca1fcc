import Trash from 'lucide-solid/icons/trash';
import { For, Show } from 'solid-js';
import type { Photo } from '../../core/dataset/photo.ts';
import { describeImageWarning } from '../../core/dataset/problem-text.ts';
import { formatBytes } from '../../core/flow/format.ts';
import { useApp } from '../app-state.ts';
import { IconButton } from '../controls/Button.tsx';
import css from './PhotoCard.module.css';
import { Thumbnail } from './Thumbnail.tsx';

/** One photo: opens it for making a template, or removes it. */
export function PhotoCard(props: { photo: Photo }) {
  const app = useApp();
  const open = () => {
    app.workshop.editor.show(props.photo.hash);
    app.go('templates');
  };
  return (
    <li class={css.card}>
      <button type="button" class={css.open} aria-label={`Open ${props.photo.name}`} onClick={open}>
        <Thumbnail hash={props.photo.hash} alt="" />
      </button>
      <div class={css.foot}>
        <div class={css.text}>
          <p class={css.name} title={props.photo.name}>
            {props.photo.name}
          </p>
          <p class={css.facts}>
            {props.photo.width} × {props.photo.height} · {formatBytes(props.photo.bytes)}
          </p>
        </div>
        <IconButton
          label={`Remove ${props.photo.name}`}
          onClick={() => void app.workshop.photos.remove([props.photo.hash])}
        >
          <Trash size={16} />
        </IconButton>
      </div>
      <Show when={props.photo.warnings.length > 0}>
        <For each={props.photo.warnings}>
          {(warning) => (
            <p class={css.warning}>{describeImageWarning(warning, props.photo.name)}</p>
          )}
        </For>
      </Show>
    </li>
  );
}
