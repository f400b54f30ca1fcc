import { boxing } from './boxing.ts';
import type { Gesture, GestureName, Gestures, Hand, Touch } from './gesture.ts';
import { idle } from './idle.ts';
import { panning } from './panning.ts';
import { pinching } from './pinching.ts';
import { pressing } from './pressing.ts';

/** Feeds pointer events to whatever the hand is doing. */
export interface GestureMachine {
  readonly state: () => GestureName;
  down(touch: Touch): void;
  move(touch: Touch): void;
  up(touch: Touch): void;
  cancel(): void;
}

export function createGestureMachine(hand: Hand): GestureMachine {
  const gestures: Gestures = {
    idle: () => idle(hand, gestures),
    pressing: (from) => pressing(hand, gestures, from),
    boxing: (from) => boxing(hand, gestures, from),
    panning: (from) => panning(hand, gestures, from),
    pinching: (first, second) => pinching(hand, gestures, first, second),
  };
  let current: Gesture = gestures.idle();
  return {
    state: () => current.name,
    down(touch) {
      current = current.down?.(touch) ?? current;
    },
    move(touch) {
      current = current.move?.(touch) ?? current;
    },
    up(touch) {
      current = current.up?.(touch) ?? current;
    },
    cancel() {
      current = current.cancel() ?? current;
    },
  };
}
