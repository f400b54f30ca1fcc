import { For } from 'solid-js';
import { toScreen, type Viewport } from '../../core/geometry/viewport.ts';
import type { PromptPoint } from '../../core/segmentation/prompts.ts';
import { useApp } from '../app-state.ts';
import css from './PointMarkers.module.css';

/** The clicks, as plus and minus; pressing one takes it away. */
export function PointMarkers(props: {
  viewport: Viewport;
  points: readonly PromptPoint<'image'>[];
}) {
  const { editor } = useApp().workshop;
  return (
    <For each={props.points}>
      {(point, index) => {
        const at = () => toScreen(props.viewport, point);
        return (
          <button
            type="button"
            class={css.marker}
            classList={{ [css.exclude]: !point.include }}
            style={{ transform: `translate(${at().x}px, ${at().y}px)` }}
            title="Remove this click"
            aria-label={`Remove ${point.include ? 'include' : 'exclude'} click ${index() + 1}`}
            onClick={() => editor.removePoint(index())}
          >
            {point.include ? '+' : '−'}
          </button>
        );
      }}
    </For>
  );
}
