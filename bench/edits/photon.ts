import * as photon from '@silvia-odwyer/photon-node';
import type { Raster } from '../../web/core/raster/raster.ts';

/** Photon compiled to WebAssembly: bytes in → bytes out, copies included. */
function edited(
  { width, height, data }: Raster,
  edit: (image: photon.PhotonImage) => void,
): Uint8Array {
  const image = new photon.PhotonImage(new Uint8Array(data.buffer), width, height);
  edit(image);
  const pixels = image.get_raw_pixels();
  image.free();
  return pixels;
}

/** Photon's nearest to brightness, contrast, gamma, hue and saturation; no opacity. */
export function photonChain(raster: Raster): Uint8Array {
  return edited(raster, (image) => {
    photon.adjust_brightness(image, 13);
    photon.adjust_contrast(image, 20);
    photon.gamma_correction(image, 1.3, 1.3, 1.3);
    photon.hue_rotate_hsv(image, 25);
    photon.saturate_hsv(image, 0.3);
  });
}

export function photonSaturation(raster: Raster): Uint8Array {
  return edited(raster, (image) => photon.saturate_hsv(image, 0.3));
}
