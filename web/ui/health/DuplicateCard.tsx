import EyeOff from 'lucide-solid/icons/eye-off';
import Trash from 'lucide-solid/icons/trash';
import { For, Show } from 'solid-js';
import type { DuplicateFinding } from '../../core/dataset/health.ts';
import { formatShare } from '../../core/dataset/health-text.ts';
import { formatBytes, plural } from '../../core/flow/format.ts';
import { useApp } from '../app-state.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { Thumbnail } from '../photos/Thumbnail.tsx';
import css from './DuplicateCard.module.css';
import { onCardKey } from './grid-keys.ts';
import { openFinding } from './open-finding.ts';

/** Photos that are nearly the same, side by side. */
export function DuplicateCard(props: { finding: DuplicateFinding }) {
  const app = useApp();
  const { photos, health } = app.workshop;
  const present = () => props.finding.photos.flatMap((hash) => photos.byHash(hash) ?? []);
  const rest = () =>
    present()
      .slice(1)
      .map(({ hash }) => hash);
  const dismiss = () => health.dismiss(props.finding.id);
  return (
    <li class={css.group}>
      <div class={css.head}>
        <p class={css.title}>
          {plural(present().length, 'photo')}, {formatShare(props.finding.likeness)} alike
          <Show when={props.finding.acrossSplits}>
            <span class={css.across}> · in training and in validation</span>
          </Show>
        </p>
        <Button
          icon={<Trash size={16} />}
          title="Keeps the first photo and removes the others; it can be undone"
          onClick={() => void photos.remove(rest())}
        >
          Keep only the first
        </Button>
        <Button kind="quiet" icon={<EyeOff size={16} />} onClick={dismiss}>
          Dismiss
        </Button>
      </div>
      <ul class={css.photos}>
        <For each={present()}>
          {(photo) => {
            const remove = () => void photos.remove([photo.hash]);
            return (
              <li class={css.photo}>
                <button
                  type="button"
                  class={css.picture}
                  data-card=""
                  aria-label={`Open ${photo.name}`}
                  onClick={() => openFinding(app, photo.hash)}
                  onKeyDown={(event) => onCardKey(event, { remove, dismiss })}
                >
                  <Thumbnail hash={photo.hash} alt="" />
                </button>
                <div class={css.foot}>
                  <div class={css.text}>
                    <p class={css.name} title={photo.name}>
                      {photo.name}
                    </p>
                    <p class={css.facts}>
                      {photo.width} × {photo.height} · {formatBytes(photo.bytes)}
                    </p>
                  </div>
                  <IconButton label={`Remove ${photo.name} from the dataset`} onClick={remove}>
                    <Trash size={16} />
                  </IconButton>
                </div>
              </li>
            );
          }}
        </For>
      </ul>
    </li>
  );
}
