import { createEffect, createSignal, type JSX, on, onCleanup, onMount } from 'solid-js';
import type { ImageBox, ImagePoint, Size } from '../../core/geometry/spaces.ts';
import {
  clampToImage,
  fitInto,
  isInside,
  pan,
  toImage,
  type Viewport,
  zoomAt,
} from '../../core/geometry/viewport.ts';
import type { CanvasHandle } from '../app-state.ts';
import { draw, type Scene } from './draw.ts';
import type { Hand, Touch } from './gestures/gesture.ts';
import { createGestureMachine } from './gestures/machine.ts';
import { KeyboardAim } from './KeyboardAim.tsx';
import css from './PhotoCanvas.module.css';

interface PhotoCanvasProps {
  /** Of the photo, in its own pixels. Changing it fits the photo anew. */
  size: Size;
  /** What identifies the photo: another one is fitted anew. */
  photo: string;
  scene: Omit<Scene, 'viewport' | 'size' | 'box'>;
  label: string;
  onClick: (point: ImagePoint, inverted: boolean) => void;
  onBox: (box: ImageBox) => void;
  onHandle: (handle: CanvasHandle | null) => void;
  /** Drawn over the photo; gets the view so that it can follow. */
  children?: (viewport: Viewport) => JSX.Element;
}

/** The photo with what lies over it; zoom, move, click, box. */
export function PhotoCanvas(props: PhotoCanvasProps) {
  let host!: HTMLDivElement;
  let canvas!: HTMLCanvasElement;
  const [room, setRoom] = createSignal<Size>({ width: 0, height: 0 });
  const [viewport, setViewport] = createSignal<Viewport>({ scale: 1, x: 0, y: 0 });
  const [box, setBox] = createSignal<ImageBox | null>(null);
  const [spaceHeld, setSpaceHeld] = createSignal(false);
  let isFitted = true;

  const fitPhoto = () => {
    isFitted = true;
    setViewport(fitInto(props.size, room()));
  };
  const changeView = (next: Viewport) => {
    isFitted = false;
    setViewport(pan(next, { x: 0, y: 0 }, props.size, room()));
  };
  const centre = () => ({ x: room().width / 2, y: room().height / 2 });

  const hand: Hand = {
    get wantsPan() {
      return spaceHeld();
    },
    toImage: (at) => clampToImage(toImage(viewport(), at), props.size),
    click(at, inverted) {
      const point = toImage(viewport(), at);
      if (isInside(point, props.size)) props.onClick(point, inverted);
    },
    previewBox: setBox,
    drawBox: (drawn) => props.onBox(drawn),
    pan(by) {
      isFitted = false;
      setViewport(pan(viewport(), by, props.size, room()));
    },
    zoom: (at, factor) => changeView(zoomAt(viewport(), at, factor)),
  };
  const gestures = createGestureMachine(hand);

  const touchOf = (event: PointerEvent): Touch => {
    const frame = host.getBoundingClientRect();
    return {
      id: event.pointerId,
      at: { x: event.clientX - frame.left, y: event.clientY - frame.top },
      button: event.button,
      shift: event.shiftKey,
      isTouch: event.pointerType === 'touch',
    };
  };

  // A photo that comes is shown whole; one that is looked at closely stays as it is.
  createEffect(on(() => props.photo, fitPhoto, { defer: true }));

  createEffect(() => {
    const scene: Scene = { ...props.scene, viewport: viewport(), size: props.size, box: box() };
    const frame = requestAnimationFrame(() => draw(canvas, room(), scene));
    onCleanup(() => cancelAnimationFrame(frame));
  });

  onMount(() => {
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry.contentRect;
      setRoom({ width, height });
      if (isFitted) fitPhoto();
    });
    observer.observe(host);

    // Not passive: the page must neither scroll nor zoom under the photo.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const frame = host.getBoundingClientRect();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const factor = Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0018));
      hand.zoom({ x: event.clientX - frame.left, y: event.clientY - frame.top }, factor);
    };
    host.addEventListener('wheel', onWheel, { passive: false });

    // Else the browser clicks once more after a tap, on the marker that the tap has just put there.
    const onTouchEnd = (event: TouchEvent) => {
      if (event.target === canvas && event.cancelable) event.preventDefault();
    };
    host.addEventListener('touchend', onTouchEnd, { passive: false });

    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') gestures.cancel();
      if (event.key !== ' ') return;
      if ((event.target as HTMLElement).closest('input, button, select, a')) return;
      if (event.type === 'keydown') event.preventDefault();
      setSpaceHeld(event.type === 'keydown');
    };
    addEventListener('keydown', onKey);
    addEventListener('keyup', onKey);

    props.onHandle({
      fit: fitPhoto,
      actualSize: () =>
        changeView(zoomAt(viewport(), centre(), 1 / (viewport().scale * devicePixelRatio))),
      zoomBy: (factor) => changeView(zoomAt(viewport(), centre(), factor)),
      focus: () => host.focus(),
    });
    onCleanup(() => {
      observer.disconnect();
      host.removeEventListener('wheel', onWheel);
      host.removeEventListener('touchend', onTouchEnd);
      removeEventListener('keydown', onKey);
      removeEventListener('keyup', onKey);
      props.onHandle(null);
    });
  });

  return (
    <div
      ref={host}
      class={css.host}
      classList={{ [css.movable]: spaceHeld() }}
      role="application"
      aria-label={props.label}
      onPointerDown={(event) => {
        if (!(event.target instanceof HTMLCanvasElement)) return;
        host.setPointerCapture(event.pointerId);
        gestures.down(touchOf(event));
      }}
      onPointerMove={(event) => gestures.move(touchOf(event))}
      onPointerUp={(event) => gestures.up(touchOf(event))}
      onPointerCancel={() => gestures.cancel()}
      onContextMenu={(event) => event.preventDefault()}
    >
      <canvas ref={canvas} class={css.canvas} data-testid="photo-canvas" />
      {props.children?.(viewport())}
      <KeyboardAim host={host} viewport={viewport()} size={props.size} onClick={props.onClick} />
    </div>
  );
}
