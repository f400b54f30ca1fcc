import type { ScreenPoint } from '../../../core/geometry/spaces.ts';
import type { Gesture, Gestures, Hand, Touch } from './gesture.ts';

/** Two fingers: zoom by their distance, move by their middle. A third finger changes nothing. */
export function pinching(hand: Hand, gestures: Gestures, first: Touch, second: Touch): Gesture {
  const fingers = new Map<number, ScreenPoint>([
    [first.id, first.at],
    [second.id, second.at],
  ]);
  const measure = () => {
    const [a, b] = [...fingers.values()];
    return {
      middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 },
      distance: Math.max(1, Math.hypot(a.x - b.x, a.y - b.y)),
    };
  };
  let last = measure();
  return {
    name: 'pinching',
    move({ id, at }) {
      if (!fingers.has(id)) return undefined;
      fingers.set(id, at);
      const now = measure();
      hand.pan({ x: now.middle.x - last.middle.x, y: now.middle.y - last.middle.y });
      hand.zoom(now.middle, now.distance / last.distance);
      last = now;
      return undefined;
    },
    up: ({ id }) => (fingers.has(id) ? gestures.idle() : undefined),
    cancel: () => gestures.idle(),
  };
}
