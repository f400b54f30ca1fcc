import type { EditRange } from '../../core/edits/edits.ts';

/** How the values of an edit are written and laid out along its slider. */
export function scaleOf({ min, max, step }: EditRange) {
  const digits = step >= 1 ? 0 : step >= 0.01 ? 2 : 3;
  return {
    digits,
    /** What a slider gives, without the dust of binary fractions. */
    tidy: (value: number) => Number(value.toFixed(digits)),
    /** A bar between two values, as CSS insets. */
    bar(a: number, b: number) {
      const share = (value: number) => ((value - min) / (max - min)) * 100;
      return { left: `${share(Math.min(a, b))}%`, right: `${100 - share(Math.max(a, b))}%` };
    },
  };
}

const SLIDER_KEYS = new Set([
  ...['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
  ...['PageUp', 'PageDown', 'Home', 'End'],
]);

/** Whether a key moves the thumb of a slider: letting go of it ends the movement. */
export function isSliderKey({ key }: KeyboardEvent): boolean {
  return SLIDER_KEYS.has(key);
}
