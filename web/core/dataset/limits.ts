/** What may come in. A file over a limit is refused by name; the rest goes on. */
export interface ImportLimits {
  /** Bytes of one file. */
  readonly fileBytes: number;
  /** Width × height of one image, in pixels. */
  readonly imagePixels: number;
  /** Images in one dataset. */
  readonly images: number;
}

/** As people count: file sizes in MiB, which file managers call MB. */
export const MEGABYTE = 1024 * 1024;
export const MEGAPIXEL = 1_000_000;

export const DEFAULT_LIMITS: ImportLimits = {
  fileBytes: 40 * MEGABYTE,
  imagePixels: 100 * MEGAPIXEL,
  images: 150,
};

/**
 * How far the limits can be moved. 250 megapixels are 1 GB once decoded, and a decoder holds file
 * and picture in the 2 GB that its WebAssembly memory has. A list of 100,000 photos is the most
 * that the lists on the screen stay quick with.
 */
export const LIMIT_RANGES: Readonly<
  Record<keyof ImportLimits, { readonly min: number; readonly max: number }>
> = {
  fileBytes: { min: MEGABYTE, max: 500 * MEGABYTE },
  imagePixels: { min: MEGAPIXEL, max: 250 * MEGAPIXEL },
  images: { min: 1, max: 100_000 },
};

/** Limits as they were stored; what is missing or out of range is the default. */
export function readLimits(value: unknown): ImportLimits {
  const stored = (typeof value === 'object' && value !== null ? value : {}) as Partial<
    Record<keyof ImportLimits, unknown>
  >;
  const read = (name: keyof ImportLimits): number => {
    const limit = stored[name];
    const { min, max } = LIMIT_RANGES[name];
    const isFine =
      typeof limit === 'number' && Number.isInteger(limit) && limit >= min && limit <= max;
    return isFine ? limit : DEFAULT_LIMITS[name];
  };
  return {
    fileBytes: read('fileBytes'),
    imagePixels: read('imagePixels'),
    images: read('images'),
  };
}
