import type { Split } from '../export/annotations/splits.ts';
import type { Size } from '../geometry/spaces.ts';
import { rleArea } from '../mask/rle-measures.ts';
import { rleFromText } from '../mask/rle-text.ts';
import type { Placement } from '../transfer/placement.ts';
import type { BalanceRemark, ClassBalance } from './health-balance.ts';
import type { DuplicateGroup } from './health-duplicates.ts';
import { type MaskRemark, remarkOnMask } from './health-mask.ts';
import { type DoneVariant, sizeOf, type Variant, type VariantProblem } from './variant.ts';

/** Where a finding is: one template on one photo. */
interface Place {
  /** Of the first variant that shows it. */
  readonly key: string;
  readonly photo: string;
  readonly templateId: string;
}

export interface DuplicateFinding extends DuplicateGroup {
  readonly kind: 'duplicates';
  readonly id: string;
  /** Some are for training and some for validation: the score would flatter the model. */
  readonly acrossSplits: boolean;
}

export interface MaskFinding extends Place {
  readonly kind: 'mask';
  readonly id: string;
  readonly remark: MaskRemark;
  /** Share of the picture that the mask covers, 0…1. */
  readonly share: number;
}

export interface FailureFinding extends Place {
  readonly kind: 'failed';
  readonly id: string;
  readonly problem: VariantProblem;
}

export interface BalanceFinding {
  readonly kind: 'balance';
  readonly id: string;
  readonly remark: BalanceRemark;
}

/**
 * Something to look at before exporting. `id` says what was found and where, so that a finding
 * put aside stays so until something else is found there.
 */
export type Finding = DuplicateFinding | MaskFinding | FailureFinding | BalanceFinding;

/** What a check of the dataset found. */
export interface HealthReport {
  readonly findings: readonly Finding[];
  readonly classes: readonly ClassBalance[];
  /** Photos that could be compared: their embedding is or was on the device. */
  readonly compared: number;
  /** Planned variants that are made or have failed. */
  readonly judged: number;
}

export function duplicateFinding(
  group: DuplicateGroup,
  splitOf: ReadonlyMap<string, Split>,
): DuplicateFinding {
  const id = `duplicates ${group.photos.map((hash) => hash.slice(0, 16)).join(' ')}`;
  const splits = new Set(group.photos.flatMap((hash) => splitOf.get(hash) ?? []));
  return { kind: 'duplicates', id, acrossSplits: splits.size > 1, ...group };
}

export function balanceFinding(remark: BalanceRemark): BalanceFinding {
  const split = 'split' in remark ? remark.split : '';
  return { kind: 'balance', id: `${remark.kind} ${remark.className} ${split}`.trim(), remark };
}

/**
 * What deserves a look in one variant, or null.
 * @param photo its photo's size, px
 */
export function variantFinding(
  variant: Variant,
  photo: Size,
  placement: Placement,
): MaskFinding | FailureFinding | null {
  const { key, photo: hash, templateId } = variant;
  const place = { key, photo: hash, templateId };
  if (variant.status === 'failed') {
    const { problem } = variant;
    return { kind: 'failed', id: `${problem.kind} ${hash} ${templateId}`, ...place, problem };
  }
  const judged = judge(variant, photo, placement);
  return (
    judged && {
      kind: 'mask',
      id: `${judged.remark} ${hash} ${templateId} ${judged.area}`,
      ...place,
      remark: judged.remark,
      share: judged.share,
    }
  );
}

function judge(variant: DoneVariant, photo: Size, placement: Placement) {
  const picture = sizeOf(variant, photo);
  const runs = rleFromText(variant.maskRle);
  // Written by us; unreadable means damaged, and a damaged mask covers nothing.
  const counts = runs.ok ? runs.value : [];
  const remark = remarkOnMask(counts, picture, placement, variant.components);
  if (!remark) return null;
  const area = rleArea(counts);
  return { remark, area, share: area / (picture.width * picture.height) };
}
