import { createRaster, type Raster } from '../../raster/raster.ts';

/** A picture whose bytes repeat `bytes`; with `gray`, every pixel has R = G = B. */
export function pictureOf(width: number, height: number, bytes: Uint8Array, gray: boolean): Raster {
  const raster = createRaster(width, height);
  for (let i = 0; i < raster.data.length; i += 1) {
    const shared = gray && i % 4 < 3 ? Math.floor(i / 4) * 4 : i;
    raster.data[i] = bytes[shared % bytes.length];
  }
  return raster;
}

/** Every hue along x, from grey to full colour and from black to white along y; alpha varies. */
export function colourChart(width: number, height: number): Raster {
  const raster = createRaster(width, height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const hue = (6 * x) / width;
      const light = (255 * (y + 1)) / height;
      const depth = ((x + y) % 5) / 4;
      const channel = (n: number) => {
        const k = (n + hue) % 6;
        return light * (1 - depth * Math.max(0, Math.min(k, 4 - k, 1)));
      };
      const at = (y * width + x) * 4;
      raster.data.set([channel(5), channel(3), channel(1), (x * 37 + y * 11) % 256], at);
    }
  }
  return raster;
}
