import type { ZipPiece } from '../../files/zip-write.ts';

/** A piece keeps the bytes of results that are deleted meanwhile on the disk. */
const KEEP_MS = 600_000;

/** The pieces of the last archive, by their identity: most of the next one is the same. */
export interface KeptPieces {
  get(identity: string): ZipPiece | undefined;
  /** Keeps these instead, for ten minutes. */
  replace(pieces: ReadonlyMap<string, ZipPiece>): void;
}

export function createKeptPieces(): KeptPieces {
  let kept: ReadonlyMap<string, ZipPiece> = new Map();
  let expiry: ReturnType<typeof setTimeout> | undefined;
  return {
    get: (identity) => kept.get(identity),
    replace(pieces) {
      kept = pieces;
      clearTimeout(expiry);
      expiry = setTimeout(() => {
        kept = new Map();
      }, KEEP_MS);
    },
  };
}
