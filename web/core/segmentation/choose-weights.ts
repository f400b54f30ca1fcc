/**
 * Weights of the linear scores in `choose.ts`. Fitted by `models/choose-fit/fit.ts` on 17
 * photographs of four objects and 160 composites, none of which is used to judge the result;
 * `models/choose-fit/README.md` names the data and the figures. Only differences between the
 * candidates of one answer matter, so there is no constant.
 */
export const FIRST_CLICK_WEIGHTS = {
  logArea: 0.511,
  logAreaSquared: -0.158,
  stability: 6.385,
  borderShare: -14.732,
  likeness: -1.742,
} as const;

export const REFINEMENT_WEIGHTS = {
  isMask0: 1.761,
  stability: 2.843,
  borderShare: -10.701,
  likeness: -0.71,
  agreement: 1.549,
  estimate: 5.22,
} as const;
