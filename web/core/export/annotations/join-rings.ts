import type { OutlinePart, Ring } from '../../mask/outline.ts';

/** More corners than this are sampled when the ends of a bridge are chosen. */
const MAX_CANDIDATES = 2000;

/**
 * One closed polygon that encloses what all rings of an outline enclose. Rings are joined by
 * bridges: lines of no width that are walked there and back, from the border of a part to each of
 * its holes and from each part to the next, between corners that lie close. Filled by the even-odd
 * or the non-zero rule it gives the same pixels as the outline. Empty for an empty mask.
 */
export function joinRings(parts: readonly OutlinePart[]): Ring {
  const forth: Ring[] = [];
  const back: Ring[] = [];
  let entry = 0;
  const rings = parts.map(withHoles);
  rings.forEach((ring, p) => {
    const next = parts[p + 1];
    if (!next) {
      forth.push(arc(ring, entry, entry));
      return;
    }
    const bridge = closestCorners(parts[p].outer, next.outer);
    const exit = cornerAt(ring, bridge.from);
    forth.push(exit === entry ? ring.slice(entry, entry + 2) : arc(ring, entry, exit));
    back.push(arc(ring, exit, entry));
    entry = cornerAt(rings[p + 1], bridge.to);
  });
  // The last corner is the first one again, and polygons close by themselves.
  return [...forth, ...back.reverse()].flat().slice(0, -2);
}

/** The border of a part with a walk to and around each hole, from the corner closest to it. */
function withHoles({ outer, holes }: OutlinePart): Ring {
  if (holes.length === 0) return outer;
  const walksAt = new Map<number, Ring[]>();
  for (const hole of holes) {
    const { from, to } = closestCorners(outer, hole);
    const leave = cornerAt(outer, from);
    const enter = cornerAt(hole, to);
    const walk = [...arc(hole, enter, enter), ...from];
    walksAt.set(leave, [...(walksAt.get(leave) ?? []), walk]);
  }
  const pieces: Ring[] = [];
  for (let i = 0; i < outer.length; i += 2) {
    pieces.push(outer.slice(i, i + 2), ...(walksAt.get(i) ?? []));
  }
  return pieces.flat();
}

/** From one corner to another in the ring's direction, both included; all around if they are one. */
function arc(ring: Ring, from: number, to: number): Ring {
  return from < to ? ring.slice(from, to + 2) : [...ring.slice(from), ...ring.slice(0, to + 2)];
}

type Corner = readonly [x: number, y: number];

interface Bridge {
  readonly from: Corner;
  readonly to: Corner;
}

function cornerAt(ring: Ring, [x, y]: Corner): number {
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
