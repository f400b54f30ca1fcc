import type { Gesture, Gestures, Hand, Touch } from './gesture.ts';

const RIGHT_BUTTON = 2;

/** How far a finger or a mouse may slip and still mean a click, CSS pixels. */
const SLIP = { touch: 10, mouse: 4 };

/** Pressed and not moved: a click when let go, a box when dragged, a pinch with another finger. */
export function pressing(hand: Hand, gestures: Gestures, from: Touch): Gesture {
  return {
    name: 'pressing',
    down: (second) => gestures.pinching(from, second),
    move(touch) {
      const slip = Math.hypot(touch.at.x - from.at.x, touch.at.y - from.at.y);
      if (slip <= (touch.isTouch ? SLIP.touch : SLIP.mouse)) return undefined;
      if (from.button === RIGHT_BUTTON) return gestures.idle();
      const boxing = gestures.boxing(from);
      boxing.move?.(touch);
      return boxing;
    },
    up() {
      hand.click(from.at, from.shift || from.button === RIGHT_BUTTON);
      return gestures.idle();
    },
    cancel: () => gestures.idle(),
  };
}
