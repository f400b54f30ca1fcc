import type { ImageFormat } from './image-format.ts';
import type { ImageWarning } from './image-warning.ts';

/** One source image of a dataset. Its identity is its content. */
export interface Photo {
  /** SHA-256 of the file's bytes, hex. */
  readonly hash: string;
  /** File name as it came in, without folders. Two photos may share it. */
  readonly name: string;
  /** Folder it came from, '' when none is known. */
  readonly folder: string;
  readonly format: ImageFormat;
  /** Upright size in pixels. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly grayscale: boolean;
  readonly warnings: readonly ImageWarning[];
  /** Position in the dataset; gaps are allowed. */
  readonly order: number;
}
