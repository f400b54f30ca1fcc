import type { Gesture, Gestures, Hand } from './gesture.ts';

const MIDDLE_BUTTON = 1;

/** Nothing is pressed. */
export function idle(hand: Hand, gestures: Gestures): Gesture {
  return {
    name: 'idle',
    down: (touch) =>
      touch.button === MIDDLE_BUTTON || hand.wantsPan
        ? gestures.panning(touch)
        : gestures.pressing(touch),
    cancel: () => undefined,
  };
}
