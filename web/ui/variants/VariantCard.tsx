import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { createResource, Match, Show, Switch } from 'solid-js';
import type { VariantTask } from '../../core/dataset/tasks.ts';
import { describeVariantProblem } from '../../core/dataset/variant-text.ts';
import { useApp } from '../app-state.ts';
import { Thumbnail } from '../photos/Thumbnail.tsx';
import { drawnText, sampleNumber, variantName } from './sample-name.ts';
import css from './VariantCard.module.css';

/** One photo × one template: the result, the reason why there is none, or what will be made. */
export function VariantCard(props: { task: VariantTask; onOpen: () => void }) {
  const { variants } = useApp().workshop;
  const variant = () => variants.variantOf(props.task.key);
  const done = () => variant()?.status === 'done';
  const failure = () => {
    const current = variant();
    return current?.status === 'failed'
      ? describeVariantProblem(current.problem, props.task.photo.name)
      : null;
  };
  const [url] = createResource(
    () => done() && props.task.key,
    (key) => variants.thumbnail(key),
    { initialValue: '' },
  );
  return (
    <li class={css.card} data-status={variant()?.status ?? 'missing'}>
      <Switch>
        <Match when={failure()}>
          {(text) => (
            <div class={css.failed}>
              <TriangleAlert size={20} />
              <p>{text().message}</p>
              <p class={css.next}>{text().next}</p>
            </div>
          )}
        </Match>
        <Match when={done()}>
          <button
            type="button"
            class={css.picture}
            aria-label={`Compare ${variantName(props.task)}`}
            onClick={() => props.onOpen()}
          >
            <Show when={url.latest}>
              <img src={url.latest} alt="" decoding="async" draggable={false} />
            </Show>
          </button>
        </Match>
        <Match when={true}>
          <div class={`${css.picture} ${css.missing}`}>
            <Thumbnail hash={props.task.photo.hash} alt="" />
          </div>
        </Match>
      </Switch>
      <div class={css.foot}>
        <p class={css.name} title={props.task.photo.name}>
          {props.task.photo.name}
        </p>
        <p class={css.template} title={props.task.template.name}>
          <span>{props.task.template.name}</span>
          <Show when={sampleNumber(props.task)}>{(number) => <span>{` · ${number()}`}</span>}</Show>
        </p>
        <Show when={drawnText(props.task)}>
          {(text) => (
            <p class={css.drawn} title={text()}>
              {text()}
            </p>
          )}
        </Show>
      </div>
    </li>
  );
}
