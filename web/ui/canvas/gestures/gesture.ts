import type { ImageBox, ImagePoint, ScreenPoint } from '../../../core/geometry/spaces.ts';

/** What the hand is doing. Each has a file of its own. */
export type GestureName = 'idle' | 'pressing' | 'boxing' | 'panning' | 'pinching';

/** One pointer event, as gestures need it. */
export interface Touch {
  readonly id: number;
  /** Relative to the canvas, CSS pixels. */
  readonly at: ScreenPoint;
  readonly button: number;
  readonly shift: boolean;
  readonly isTouch: boolean;
}

/** What a gesture may do to the canvas. */
export interface Hand {
  toImage(at: ScreenPoint): ImagePoint;
  /** Whether the space bar is held, or the hand tool is on. */
  readonly wantsPan: boolean;
  click(at: ScreenPoint, inverted: boolean): void;
  previewBox(box: ImageBox | null): void;
  drawBox(box: ImageBox): void;
  pan(by: ScreenPoint): void;
  zoom(at: ScreenPoint, factor: number): void;
}

/** A state of the hand. What a method returns is the next state; nothing means: stay. */
export interface Gesture {
  readonly name: GestureName;
  down?(touch: Touch): Next;
  move?(touch: Touch): Next;
  up?(touch: Touch): Next;
  /** Escape, or the browser took the pointer away. */
  cancel(): Next;
}

export type Next = Gesture | undefined;

/** Makes each state; passed around so that the files of the states do not import each other. */
export interface Gestures {
  idle(): Gesture;
  pressing(from: Touch): Gesture;
  boxing(from: Touch): Gesture;
  panning(from: Touch): Gesture;
  pinching(first: Touch, second: Touch): Gesture;
}
