import EyeOff from 'lucide-solid/icons/eye-off';
import Trash from 'lucide-solid/icons/trash';
import { Show } from 'solid-js';
import type { FailureFinding, MaskFinding } from '../../core/dataset/health.ts';
import { formatShare } from '../../core/dataset/health-text.ts';
import { describeVariantProblem } from '../../core/dataset/variant-text.ts';
import { useApp } from '../app-state.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { Thumbnail } from '../photos/Thumbnail.tsx';
import css from './FindingCard.module.css';
import { onCardKey } from './grid-keys.ts';
import { MaskOverlay } from './MaskOverlay.tsx';
import { openFinding } from './open-finding.ts';

/** One photo with what was found on it: the mask, or why there is none. */
export function FindingCard(props: { finding: MaskFinding | FailureFinding }) {
  const app = useApp();
  const { photos, templates, health } = app.workshop;
  const photo = () => photos.byHash(props.finding.photo);
  const name = () => photo()?.name ?? '';
  const template = () => templates.list.find(({ id }) => id === props.finding.templateId)?.name;
  const failure = () => {
    const { finding } = props;
    return finding.kind === 'failed' ? describeVariantProblem(finding.problem, name()) : null;
  };
  const facts = () => {
    const { finding } = props;
    const share = finding.kind === 'mask' ? ` · ${formatShare(finding.share)} of the picture` : '';
    return `${template() ?? ''}${share}`;
  };
  const open = () => openFinding(app, props.finding.photo, props.finding.templateId);
  const remove = () => void photos.remove([props.finding.photo]);
  const dismiss = () => health.dismiss(props.finding.id);
  return (
    <li class={css.card}>
      <button
        type="button"
        class={css.picture}
        data-card=""
        aria-label={`Open ${name()}, ${template() ?? ''}`}
        onClick={open}
        onKeyDown={(event) => onCardKey(event, { remove, dismiss })}
      >
        <Thumbnail hash={props.finding.photo} alt="" />
        <Show when={props.finding.kind === 'mask'}>
          <MaskOverlay variant={props.finding.key} photo={props.finding.photo} />
        </Show>
      </button>
      <div class={css.text}>
        <p class={css.name} title={name()}>
          {name()}
        </p>
        <p class={css.facts}>{facts()}</p>
        <Show when={failure()}>
          {(reason) => (
            <>
              <p class={css.reason}>{reason().message}</p>
              <p class={css.facts}>{reason().next}</p>
            </>
          )}
        </Show>
      </div>
      <div class={css.actions}>
        <Button kind="quiet" class={css.open} onClick={open}>
          Open photo
        </Button>
        <IconButton label={`Dismiss: ${name()} is fine`} class={css.push} onClick={dismiss}>
          <EyeOff size={16} />
        </IconButton>
        <IconButton label={`Remove ${name()} from the dataset`} onClick={remove}>
          <Trash size={16} />
        </IconButton>
      </div>
    </li>
  );
}
