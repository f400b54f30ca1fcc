/**
 * How much of the encoder's work a photo gets. `reference` is Segment Anything's own recipe, the
 * photo padded to a square; the others encode the photo alone, at three sizes.
 */
export const TIERS = ['quick', 'balanced', 'best', 'reference'] as const;
export type Tier = (typeof TIERS)[number];

export interface TierGrid {
  /** Longer side of the photo as the encoder sees it, in pixels; at most 1024. */
  readonly longSide: number;
  /** Whether zeros fill the rest of 1024 × 1024 before encoding, instead of after. */
  readonly isPadded: boolean;
}

/** Chosen by measuring: see models/README.md, “Tiers”. */
export const TIER_GRIDS: Readonly<Record<Tier, TierGrid>> = {
  quick: { longSide: 512, isPadded: false },
  balanced: { longSide: 976, isPadded: false },
  best: { longSide: 1024, isPadded: false },
  reference: { longSide: 1024, isPadded: true },
};

export const DEFAULT_TIER: Tier = 'balanced';

export function isTier(value: unknown): value is Tier {
  return TIERS.some((tier) => tier === value);
}

/**
 * What an embedding is stored under besides its photo: the encoder file and the grid, so that
 * embeddings of another grid are never taken for each other, whatever the tiers are called.
 * @param encoder SHA-256 of the encoder file.
 */
export function embeddingModel(encoder: string, tier: Tier): string {
  const { longSide, isPadded } = TIER_GRIDS[tier];
  return `${encoder}:${longSide}${isPadded ? '-padded' : ''}`;
}

/** Names everything of the model that decides masks: part of every variant's key. */
export function modelKey(encoder: string, decoder: string, tier: Tier): string {
  return `${embeddingModel(encoder, tier)}:${decoder}`;
}
