import type { ImageBox, ScreenPoint } from '../../../core/geometry/spaces.ts';
import type { Gesture, Gestures, Hand, Touch } from './gesture.ts';

/** Dragging: a box around the object. */
export function boxing(hand: Hand, gestures: Gestures, from: Touch): Gesture {
  const boxTo = (at: ScreenPoint): ImageBox => {
    const a = hand.toImage(from.at);
    const b = hand.toImage(at);
    return {
      x0: Math.min(a.x, b.x),
      y0: Math.min(a.y, b.y),
      x1: Math.max(a.x, b.x),
      y1: Math.max(a.y, b.y),
    };
  };
  const end = () => {
    hand.previewBox(null);
    return gestures.idle();
  };
  return {
    name: 'boxing',
    down(second) {
      hand.previewBox(null);
      return gestures.pinching(from, second);
    },
    move(touch) {
      if (touch.id === from.id) hand.previewBox(boxTo(touch.at));
      return undefined;
    },
    up(touch) {
      const box = boxTo(touch.at);
      // A line is not a box: SAM would be asked about nothing.
      if (box.x1 - box.x0 >= 1 && box.y1 - box.y0 >= 1) hand.drawBox(box);
      return end();
    },
    cancel: end,
  };
}
