/** Photos that show nearly the same picture. */
export interface DuplicateGroup {
  /** Hashes, two or more, in the dataset's order. */
  readonly photos: readonly string[];
  /** Likeness of the closest pair, up to 1. */
  readonly likeness: number;
}

/** Two photos that are near-duplicates. */
export interface AlikePair {
  readonly a: string;
  readonly b: string;
  readonly likeness: number;
}

/**
 * Groups photos by union–find (with path halving): a photo belongs with every photo that it, or
 * one of its group, is like. So a burst is one finding, not one for every pair.
 * @param order hashes in the dataset's order; pairs of others are left out
 * @returns groups in the order of their first photo
 */
export function groupDuplicates(
  order: readonly string[],
  pairs: readonly AlikePair[],
): DuplicateGroup[] {
  const indexOf = new Map(order.map((hash, index) => [hash, index]));
  const parent = Int32Array.from(order, (_, index) => index);
  const rootOf = (index: number): number => {
    let at = index;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  };
  const known = pairs.flatMap(({ a, b, likeness }) => {
    const first = indexOf.get(a);
    const second = indexOf.get(b);
    return first === undefined || second === undefined ? [] : [{ first, second, likeness }];
  });
  // The smaller index becomes the root, so a group's root is its first photo.
  for (const { first, second } of known) {
    const roots = [rootOf(first), rootOf(second)];
    parent[Math.max(...roots)] = Math.min(...roots);
  }
  const closest = new Map<number, number>();
  for (const { first, likeness } of known) {
    const root = rootOf(first);
    closest.set(root, Math.max(closest.get(root) ?? -1, likeness));
  }
  const members = new Map<number, string[]>([...closest.keys()].map((root) => [root, []]));
  order.forEach((hash, index) => {
    members.get(rootOf(index))?.push(hash);
  });
  return [...members]
    .filter(([, photos]) => photos.length > 1)
    .sort(([a], [b]) => a - b)
    .map(([root, photos]) => ({ photos, likeness: closest.get(root) ?? 0 }));
}
