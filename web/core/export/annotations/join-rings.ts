import type { OutlinePart, Ring } from '../../mask/outline.ts';

/** More corners than this are sampled when the ends of a bridge are chosen. */
const MAX_CANDIDATES = 2000;

/**
 * One closed polygon that encloses what all rings of an outline enclose. Rings are joined by
 * bridges: lines of no width that are walked there and back, from each hole to the border of its
 * part and from each part to the next, between corners that lie close. Filled by the even-odd or
 * the non-zero rule it gives the same pixels as the outline. Empty for an empty mask.
 */
export function joinRings(parts: readonly OutlinePart[]): Ring {
  let joined: Ring = [];
  for (let p = parts.length - 1; p >= 0; p -= 1) {
    const { outer, holes } = parts[p];
    let ring = outer;
    for (const hole of holes) ring = bridged(ring, hole, closestCorners(outer, hole));
    const next = parts[p + 1]?.outer;
    joined = next ? bridged(ring, joined, closestCorners(outer, next)) : ring;
  }
  return joined;
}

interface Bridge {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
}

/** Walks `base` up to the bridge, over it, once around `island`, back, and on to the end. */
function bridged(base: Ring, island: Ring, { from, to }: Bridge): Ring {
  const leave = cornerAt(base, from);
  const enter = cornerAt(island, to);
  return [
    ...base.slice(0, leave + 2),
    ...island.slice(enter),
    ...island.slice(0, enter + 2),
    ...base.slice(leave),
  ];
}

function cornerAt(ring: Ring, [x, y]: readonly [number, number]): number {
  for (let i = 0; i < ring.length; i += 2) if (ring[i] === x && ring[i + 1] === y) return i;
  throw new Error(`The ring has no corner at ${x}, ${y}.`);
}

function closestCorners(a: Ring, b: Ring): Bridge {
  const stepA = stepOf(a);
  const stepB = stepOf(b);
  let closest = Number.POSITIVE_INFINITY;
  let bridge: Bridge = { from: [a[0], a[1]], to: [b[0], b[1]] };
  for (let i = 0; i < a.length; i += stepA) {
    for (let j = 0; j < b.length; j += stepB) {
      const distance = (a[i] - b[j]) ** 2 + (a[i + 1] - b[j + 1]) ** 2;
      if (distance >= closest) continue;
      closest = distance;
      bridge = { from: [a[i], a[i + 1]], to: [b[j], b[j + 1]] };
    }
  }
  return bridge;
}

/** Even, so that it steps from corner to corner. */
function stepOf(ring: Ring): number {
  return 2 * Math.max(1, Math.ceil(ring.length / 2 / MAX_CANDIDATES));
}
