/** What can come in, by magic bytes. */
export type ImageFormat = 'jpeg' | 'png' | 'webp';

/** What can go out; the name is also the file's extension. */
export type OutputFormat = 'png' | 'webp' | 'jpg';

export const INPUT_MIME: Readonly<Record<ImageFormat, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
};

export const OUTPUT_MIME: Readonly<Record<OutputFormat, string>> = {
  png: 'image/png',
  webp: 'image/webp',
  jpg: 'image/jpeg',
};
