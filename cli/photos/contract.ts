import type { ImageProblem } from '../../web/core/dataset/image-problem.ts';
import type { Photo } from '../../web/core/dataset/photo.ts';
import type { Variant } from '../../web/core/dataset/variant.ts';
import type { Bytes } from '../../web/files/bytes.ts';

/** What is known of a photo from its bytes alone, whatever it is called and wherever it lies. */
export type PhotoFacts = Omit<Photo, 'name' | 'folder' | 'order'>;

export interface PhotoJob {
  /** SHA-256 of `bytes`, lower-case hex. */
  readonly sha256: string;
  /** The file. The maker may take the memory over. */
  readonly bytes: Bytes;
  /** Keys of variants that are there already. */
  readonly have: readonly string[];
}

/** A variant and its two files; a failed one has none. */
export interface MadeVariant {
  readonly variant: Variant;
  readonly image: Bytes | null;
  readonly mask: Bytes | null;
}

export type PhotoAnswer =
  | { readonly kind: 'made'; readonly facts: PhotoFacts; readonly made: readonly MadeVariant[] }
  /** The file is no photo that can be read. */
  | { readonly kind: 'refused'; readonly problem: ImageProblem }
  /** Whoever worked on it died, usually for want of memory. */
  | { readonly kind: 'crashed'; readonly what: string };

/** Turns files into variants, several at a time. */
export interface PhotoMaker {
  /** How many photos are worked on side by side. */
  readonly slots: number;
  make(job: PhotoJob): Promise<PhotoAnswer>;
  close(): Promise<void>;
}
