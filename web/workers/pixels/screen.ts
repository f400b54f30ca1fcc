import type { Raster } from '../../core/raster/raster.ts';

/** What the pixels worker needs of its browser; tests in Node bring their own. */
export interface Screen {
  /** A copy for drawing; colours under alpha may change, so it is never read back. */
  toBitmap(raster: Raster): Promise<ImageBitmap>;
  /** Resolves after the messages that are waiting now have been received. */
  letMessagesIn(): Promise<void>;
}

export const browserScreen: Screen = {
  toBitmap: ({ data, width, height }) => createImageBitmap(new ImageData(data, width, height)),
  letMessagesIn: () => new Promise((resolve) => setTimeout(resolve)),
};
