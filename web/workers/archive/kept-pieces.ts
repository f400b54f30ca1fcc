import { joinPieces, type ZipPiece } from '../../files/zip-write.ts';

/** A piece keeps the bytes of results that are deleted meanwhile on the disk. */
const KEEP_MS = 600_000;

/** The pieces of the last archive: most of the next one is the same. */
export interface KeptPieces {
  /** The piece of a group with this identity. */
  get(identity: string): ZipPiece | undefined;
  /** Pieces as one: the one that they were in the last archive, if they are the same. */
  join(pieces: readonly ZipPiece[]): ZipPiece;
  /** Keeps these instead, for ten minutes. */
  replace(pieces: ReadonlyMap<string, ZipPiece>): void;
}

interface Joined {
  readonly of: readonly ZipPiece[];
  readonly piece: ZipPiece;
}

export function createKeptPieces(): KeptPieces {
  let kept: ReadonlyMap<string, ZipPiece> = new Map();
  let expiry: ReturnType<typeof setTimeout> | undefined;
  /** By the first of the joined: they go with it. */
  const joined = new WeakMap<ZipPiece, Joined>();
  return {
    get: (identity) => kept.get(identity),
    join(pieces) {
      const last = joined.get(pieces[0]);
      const isSame =
        last?.of.length === pieces.length && last.of.every((piece, i) => piece === pieces[i]);
      if (isSame) return last.piece;
      const piece = joinPieces(pieces);
      joined.set(pieces[0], { of: pieces, piece });
      return piece;
    },
    replace(pieces) {
      kept = pieces;
      clearTimeout(expiry);
      expiry = setTimeout(() => {
        kept = new Map();
      }, KEEP_MS);
    },
  };
}
