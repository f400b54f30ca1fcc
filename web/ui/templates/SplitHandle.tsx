import MoveHorizontal from 'lucide-solid/icons/move-horizontal';
import type { Size } from '../../core/geometry/spaces.ts';
import { toScreen, type Viewport } from '../../core/geometry/viewport.ts';
import css from './SplitHandle.module.css';

interface SplitHandleProps {
  viewport: Viewport;
  size: Size;
  /** Share of the width that shows the original, from the left. */
  value: number;
  onChange: (value: number) => void;
}

/** Before and after: left of the line is the original, right of it the result. */
export function SplitHandle(props: SplitHandleProps) {
  let isDragging = false;
  const top = () => toScreen(props.viewport, { x: props.value * props.size.width, y: 0 });
  const height = () => props.size.height * props.viewport.scale;
  const set = (value: number) => props.onChange(Math.min(1, Math.max(0, value)));

  return (
    <div
      class={css.line}
      style={{ transform: `translate(${top().x}px, ${top().y}px)`, height: `${height()}px` }}
    >
      <button
        type="button"
        class={css.handle}
        role="slider"
        aria-label="Before and after"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(props.value * 100)}
        aria-valuetext={`${Math.round(props.value * 100)} % before`}
        title="Drag to compare before and after"
        onPointerDown={(event) => {
          isDragging = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          event.stopPropagation();
        }}
        onPointerMove={(event) => {
          if (!isDragging) return;
          const width = props.size.width * props.viewport.scale;
          set(props.value + event.movementX / width);
        }}
        onPointerUp={() => {
          isDragging = false;
        }}
        onKeyDown={(event) => {
          const by = { ArrowLeft: -0.05, ArrowRight: 0.05, Home: -1, End: 1 }[event.key];
          if (by === undefined) return;
          event.preventDefault();
          event.stopPropagation();
          set(props.value + by);
        }}
      >
        <MoveHorizontal size={16} />
      </button>
    </div>
  );
}
