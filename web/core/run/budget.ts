import type { Size } from '../geometry/spaces.ts';

/** What the browser says of the device. */
export interface Machine {
  /** Logical cores. */
  readonly cores: number;
  /** Bytes; null where the browser does not say. */
  readonly memory: number | null;
}

/** What a run may use of the device. */
export interface Budget {
  /** Pixel workers: each decodes, edits and encodes one photo at a time. */
  readonly workers: number;
  /** Bytes that the pictures under way may take together. */
  readonly bytes: number;
}

/** A phone's or a small laptop's; browsers that keep silent also run there. */
const UNKNOWN_MEMORY = 4e9;
/** A worker at rest keeps decoded photos and codecs: up to some 400 MB. */
const MEMORY_PER_WORKER = 1.5e9;
const MOST_WORKERS = 8;

/** As many workers as there are cores, as far as memory goes; a quarter of it for pictures. */
export function budgetFor({ cores, memory }: Machine): Budget {
  const bytes = memory ?? UNKNOWN_MEMORY;
  const affordable = Math.max(1, Math.floor(bytes / MEMORY_PER_WORKER));
  return { workers: Math.min(Math.max(1, cores), affordable, MOST_WORKERS), bytes: bytes / 4 };
}

/** RGBA before and after the edits, their scratch rows, the encoded file and its copy. */
const BYTES_PER_PIXEL = 16;

/**
 * Bytes that one variant takes while it is made: its pictures, and a byte a pixel and side of the
 * thread boundary for each part's mask and for their union.
 */
export function weightOf({ width, height }: Size, components: number): number {
  return width * height * (BYTES_PER_PIXEL + 2 * (components + 1));
}
