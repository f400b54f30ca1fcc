import { createRequire } from 'node:module';
import type { Raster } from '../../web/core/raster/raster.ts';

/** What the bench calls of `@silvia-odwyer/photon-node`. */
interface Photon {
  readonly PhotonImage: new (
    pixels: Uint8Array,
    width: number,
    height: number,
  ) => { get_raw_pixels(): Uint8Array; free(): void };
  adjust_brightness(image: object, levels: number): void;
  adjust_contrast(image: object, amount: number): void;
  gamma_correction(image: object, red: number, green: number, blue: number): void;
  hue_rotate_hsv(image: object, degrees: number): void;
  saturate_hsv(image: object, amount: number): void;
}

/** Photon's edits of a raster, bytes in → bytes out. */
export interface PhotonEdits {
  chain(raster: Raster): Uint8Array;
  saturation(raster: Raster): Uint8Array;
}

const PACKAGE = '@silvia-odwyer/photon-node';

/** Photon compiled to WebAssembly, or null where the package is not installed. */
export function loadPhoton(): PhotonEdits | null {
  const require = createRequire(import.meta.url);
  try {
    require.resolve(PACKAGE);
  } catch {
    return null;
  }
  const photon: Photon = require(PACKAGE);
  const edited = ({ width, height, data }: Raster, edit: (image: object) => void) => {
    const image = new photon.PhotonImage(new Uint8Array(data.buffer), width, height);
    edit(image);
    const pixels = image.get_raw_pixels();
    image.free();
    return pixels;
  };
  return {
    chain: (raster) =>
      edited(raster, (image) => {
        photon.adjust_brightness(image, 13);
        photon.adjust_contrast(image, 20);
        photon.gamma_correction(image, 1.3, 1.3, 1.3);
        photon.hue_rotate_hsv(image, 25);
        photon.saturate_hsv(image, 0.3);
      }),
    saturation: (raster) => edited(raster, (image) => photon.saturate_hsv(image, 0.3)),
  };
}
