import { type JSX, Show } from 'solid-js';
import { Button } from '../controls/Button.tsx';
import css from './CanvasMessage.module.css';

interface CanvasMessageProps {
  children: JSX.Element;
  tone?: 'bad';
  busy?: boolean;
  action?: { label: string; run: () => void };
}

/** A sentence over the photo, where it happened. */
export function CanvasMessage(props: CanvasMessageProps) {
  return (
    <div class={css.message} classList={{ [css.bad]: props.tone === 'bad' }} role="status">
      <Show when={props.busy}>
        <span class={css.spinner} />
      </Show>
      <span>{props.children}</span>
      <Show when={props.action}>
        {(action) => <Button onClick={() => action().run()}>{action().label}</Button>}
      </Show>
    </div>
  );
}
