import { createFrame } from '../../core/segmentation/model-space.ts';
import { TIER_GRIDS, TIERS, type Tier } from '../../core/segmentation/tiers.ts';

/** Seconds a photo takes to be prepared, by tier, as far as any was measured here. */
type Speeds = Readonly<Partial<Record<Tier, number>>>;

/** What a tier means to who chooses it. The figures are those of models/README.md, “Tiers”. */
export const TIER_TEXTS: Readonly<Record<Tier, { name: string; meaning: string }>> = {
  quick: {
    name: 'Quick',
    meaning:
      'A sixth of the reference’s work. Good for an object that fills a good part of the photo; small objects in large photos suffer.',
  },
  balanced: {
    name: 'Balanced',
    meaning: 'Not quite two thirds of the reference’s work, masks as good, also of small objects.',
  },
  best: {
    name: 'Best',
    meaning:
      'Two thirds of the reference’s work. All the detail that the model can see, for the smallest objects.',
  },
  reference: {
    name: 'Reference',
    meaning:
      'Segment Anything’s own recipe, with empty borders around the photo. For comparing results: the masks are no better.',
  },
};

/** The shape that speeds are compared at. */
const TYPICAL = { width: 3, height: 2 };

function pixelsOf(tier: Tier): number {
  const { width, height } = createFrame(TYPICAL, TIER_GRIDS[tier]).grid;
  return width * height;
}

/** What a photo takes here: as measured, or worked out from another tier's time and the pixels. */
export function describeSpeed(tier: Tier, speeds: Speeds): string {
  const measured = speeds[tier];
  if (measured !== undefined) return `${seconds(measured)} a photo on this device`;
  const other = TIERS.find((one) => speeds[one] !== undefined);
  if (!other) return '';
  return `about ${seconds(((speeds[other] ?? 0) * pixelsOf(tier)) / pixelsOf(other))} a photo`;
}

function seconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} s`;
}
