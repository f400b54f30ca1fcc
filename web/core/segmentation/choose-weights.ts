export const FIRST_CLICK_WEIGHTS = {
  logArea: 0.439,
  logAreaSquared: -0.152,
  stability: 6.416,
  borderShare: -15.844,
  likeness: -1.624,
} as const;

export const REFINEMENT_WEIGHTS = {
  isMask0: 2.2,
  stability: 3.6,
  borderShare: -14,
  likeness: -1.56,
  agreement: 2.5,
  estimate: 5.8,
} as const;
