/** What may come in. A file over a limit is refused by name; the rest goes on. */
export interface ImportLimits {
  /** Bytes of one file. */
  readonly fileBytes: number;
  /** Width × height of one image, in pixels. */
  readonly imagePixels: number;
  /** Images in one dataset. */
  readonly images: number;
}

export const DEFAULT_LIMITS: ImportLimits = {
  fileBytes: 40 * 1024 * 1024,
  imagePixels: 100_000_000,
  images: 150,
};
