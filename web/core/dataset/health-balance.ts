import type { Split } from '../export/annotations/splits.ts';

interface Amount {
  readonly photos: number;
  readonly variants: number;
}

/** How much there is of one class, all in all and in each split. */
export interface ClassBalance extends Amount {
  readonly className: string;
  readonly splits: Readonly<Record<Split, Amount>>;
}

/** A planned variant, as far as balance goes. */
export interface BalanceItem {
  readonly className: string;
  /** Hash of its photo. */
  readonly photo: string;
  readonly made: boolean;
}

/** What a training job would stumble over. */
export type BalanceRemark =
  /** A template's class of which nothing is made. */
  | { readonly kind: 'class-without-variants'; readonly className: string }
  | { readonly kind: 'class-missing-in-split'; readonly className: string; readonly split: Split }
  | {
      readonly kind: 'class-rare';
      readonly className: string;
      readonly variants: number;
      /** Of the most frequent class. */
      readonly most: number;
    };

/** A class with less than this share of the largest class's variants is called rare. */
const RARE_SHARE = 0.1;

/**
 * Counts made variants by class; photos count once in a class.
 * @param splitOf which split a photo's variants go to
 * @returns classes in the order of their first item, those without variants too
 */
export function classBalance(
  items: readonly BalanceItem[],
  splitOf: ReadonlyMap<string, Split>,
): ClassBalance[] {
  const classes = new Map<string, Record<Split, { photos: Set<string>; variants: number }>>();
  for (const { className, photo, made } of items) {
    let tally = classes.get(className);
    if (!tally) {
      tally = {
        train: { photos: new Set(), variants: 0 },
        val: { photos: new Set(), variants: 0 },
      };
      classes.set(className, tally);
    }
    if (!made) continue;
    const split = tally[splitOf.get(photo) ?? 'train'];
    split.photos.add(photo);
    split.variants += 1;
  }
  return [...classes].map(([className, { train, val }]) => ({
    className,
    photos: train.photos.size + val.photos.size,
    variants: train.variants + val.variants,
    splits: {
      train: { photos: train.photos.size, variants: train.variants },
      val: { photos: val.photos.size, variants: val.variants },
    },
  }));
}

/**
 * What stands out in a balance. Nothing is said of an empty dataset, of a split that no class
 * has anything in (its share is 0, or there is one photo), or of a class that has one remark.
 */
export function remarkOnBalance(classes: readonly ClassBalance[]): BalanceRemark[] {
  const most = Math.max(0, ...classes.map(({ variants }) => variants));
  if (most === 0) return [];
  const used = (['train', 'val'] as const).filter((split) =>
    classes.some(({ splits }) => splits[split].variants > 0),
  );
  return classes.flatMap(({ className, variants, splits }): BalanceRemark[] => {
    if (variants === 0) return [{ kind: 'class-without-variants', className }];
    const missing = used.find((split) => splits[split].variants === 0);
    if (missing) return [{ kind: 'class-missing-in-split', className, split: missing }];
    if (variants < RARE_SHARE * most) return [{ kind: 'class-rare', className, variants, most }];
    return [];
  });
}
