import { createSignal, onCleanup, onMount, Show } from 'solid-js';
import type { ImagePoint, Size } from '../../core/geometry/spaces.ts';
import { clampToImage, toScreen, type Viewport } from '../../core/geometry/viewport.ts';
import css from './KeyboardAim.module.css';

/** CSS pixels that an arrow key moves the aim; with Alt it goes one at a time. */
const STEP = 16;

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface KeyboardAimProps {
  /** Made focusable; a pointer on it ends the aiming. */
  host: HTMLElement;
  viewport: Viewport;
  size: Size;
  onClick: (point: ImagePoint, inverted: boolean) => void;
}

/**
 * Clicking without a pointer: arrow keys move a cross over the photo, Enter clicks there, Shift
 * with Enter clicks with the other tool. Only while the canvas was reached by keyboard, so that
 * arrows go on changing the photo for everybody else.
 */
export function KeyboardAim(props: KeyboardAimProps) {
  const [aim, setAim] = createSignal<ImagePoint | null>(null);

  onMount(() => {
    const { host } = props;
    host.tabIndex = 0;
    const begin = () => {
      if (!host.matches(':focus-visible')) return;
      setAim(aim() ?? { x: props.size.width / 2, y: props.size.height / 2 });
    };
    const end = () => setAim(null);
    const onKey = (event: KeyboardEvent) => {
      const at = aim();
      if (!at || event.target !== host || event.ctrlKey || event.metaKey) return;
      const direction = DIRECTIONS[event.key];
      if (direction) {
        const step = (event.altKey ? 1 : STEP) / props.viewport.scale;
        const [x, y] = direction;
        setAim(clampInside({ x: at.x + x * step, y: at.y + y * step }, props.size));
      } else if (event.key === 'Enter') {
        props.onClick(at, event.shiftKey);
      } else {
        return;
      }
      event.preventDefault();
    };
    host.addEventListener('focus', begin);
    host.addEventListener('blur', end);
    host.addEventListener('pointerdown', end);
    host.addEventListener('keydown', onKey);
    onCleanup(() => {
      host.removeEventListener('focus', begin);
      host.removeEventListener('blur', end);
      host.removeEventListener('pointerdown', end);
      host.removeEventListener('keydown', onKey);
    });
  });

  return (
    <Show when={aim()}>
      {(at) => {
        const screen = () => toScreen(props.viewport, clampInside(at(), props.size));
        return (
          <div
            class={css.cross}
            style={{ transform: `translate(${screen().x}px, ${screen().y}px)` }}
            data-testid="keyboard-aim"
          />
        );
      }}
    </Show>
  );
}

/** Inside the last pixel: a click on the far edge belongs to no pixel. */
function clampInside(point: ImagePoint, { width, height }: Size): ImagePoint {
  return clampToImage(point, { width: width - 0.5, height: height - 0.5 });
}
