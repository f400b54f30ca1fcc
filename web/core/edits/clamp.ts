/** A working value back into 0…1. Comparisons are several times faster than `Math.min`, `max`. */
export function clamp01(v: number): number {
  if (v < 0) return 0;
  if (v > 1) return 1;
  return v;
}
