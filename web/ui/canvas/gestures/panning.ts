import type { Gesture, Gestures, Hand, Touch } from './gesture.ts';

/** Moving the photo: middle button, or any with the space bar held. */
export function panning(hand: Hand, gestures: Gestures, from: Touch): Gesture {
  let last = from.at;
  return {
    name: 'panning',
    down: (second) => gestures.pinching(from, second),
    move({ at }) {
      hand.pan({ x: at.x - last.x, y: at.y - last.y });
      last = at;
      return undefined;
    },
    up: () => gestures.idle(),
    cancel: () => gestures.idle(),
  };
}
