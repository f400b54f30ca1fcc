import type { Finding } from './health.ts';
import type { BalanceRemark } from './health-balance.ts';
import { MASK_REMARKS, type MaskRemark } from './health-mask.ts';

/** Findings of one kind are shown together. */
export type SectionId = 'failed' | MaskRemark | 'duplicates' | 'balance';

/** The order on the page: what is missing, then what is wrong, then what may be fine. */
export const SECTIONS: readonly SectionId[] = ['failed', ...MASK_REMARKS, 'duplicates', 'balance'];

export function sectionOf(finding: Finding): SectionId {
  return finding.kind === 'mask' ? finding.remark : finding.kind;
}

/** What a section shows, why it matters, and what to do. */
export const SECTION_TEXT: Readonly<
  Record<SectionId, { readonly title: string; readonly why: string }>
> = {
  failed: {
    title: 'No variant',
    why: 'Nothing could be made of these photos; they are left out of the ZIP.',
  },
  empty: {
    title: 'Empty masks',
    why: 'Not one pixel is inside. Open the photo to see where the template lands.',
  },
  'part-missing': {
    title: 'A part was not found',
    why: 'The template has several parts, and one of them is empty here.',
  },
  tiny: {
    title: 'Tiny masks',
    why: 'Less than 8 × 8 pixels when the picture is resized to 640 for training: too small to learn from.',
  },
  huge: {
    title: 'Huge masks',
    why: 'More than 90 % of the picture. Usually the background was taken for the object.',
  },
  border: {
    title: 'Masks at the border',
    why: 'The object is cut off, or the mask runs into the background. Dismiss the ones that are right.',
  },
  duplicates: {
    title: 'Nearly the same photo',
    why: 'Copies teach a model nothing new; when one trains and its twin validates, the score flatters.',
  },
  balance: {
    title: 'Class balance',
    why: 'A model learns frequent classes at the cost of rare ones.',
  },
};

const SPLIT_NAME = { train: 'training', val: 'validation' } as const;

/** One sentence on what is out of balance, one on what to do. */
export function describeBalance(remark: BalanceRemark): { message: string; next: string } {
  const name = `“${remark.className}”`;
  switch (remark.kind) {
    case 'class-without-variants':
      return {
        message: `${name} has no variant.`,
        next: 'Generate, or delete its template.',
      };
    case 'class-missing-in-split':
      return {
        message: `${name} is missing in ${SPLIT_NAME[remark.split]}.`,
        next: 'Add photos of it, or change the share or the seed of the split in the export options.',
      };
    case 'class-rare':
      return {
        message: `${name} has ${remark.variants} variants, the most frequent class ${remark.most}.`,
        next: 'Add photos of it, or give its template more variants per photo.',
      };
  }
}

/** "97 %", "less than 1 %": a share that is never rounded to nothing or to everything. */
export function formatShare(share: number): string {
  if (share <= 0) return '0 %';
  if (share < 0.01) return 'less than 1 %';
  return `${share >= 1 ? 100 : Math.min(99, Math.round(share * 100))} %`;
}
