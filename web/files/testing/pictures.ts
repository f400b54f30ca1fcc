import { createRaster, type Raster } from '../../core/raster/raster.ts';
import { type Bytes, latin1, uint32be } from '../bytes.ts';

/** A smooth, colourful, opaque picture that is the same everywhere and not square. */
export function gradient(width: number, height: number): Raster {
  const raster = createRaster(width, height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const ripple = ((x * x + 3 * y * y) >> 4) & 31;
      const pixel = [
        Math.floor((255 * x) / width),
        Math.floor((255 * y) / height),
        (x * 3 + y * 5 + ripple * 4) & 255,
        255,
      ];
      raster.data.set(pixel, (y * width + x) * 4);
    }
  }
  return raster;
}

/** The same with every alpha value, 0 included, over colours that are not zero. */
export function translucent(width: number, height: number): Raster {
  const raster = gradient(width, height);
  for (let i = 3; i < raster.data.length; i += 4) raster.data[i] = (i >> 2) & 255;
  return raster;
}

/** Bytes that pass for an ICC profile: the size, then `acsp` at byte 36. */
export function fakeProfile(length: number): Bytes {
  const profile = Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8)) & 255);
  profile.set(uint32be(length), 0);
  profile.set(latin1('acsp'), 36);
  return profile;
}
