/** How a layer's result is laid over what the layer received. */
export interface Blend {
  readonly opacity: number;
  /** (1 − opacity) · v of every byte. At opacity 1 it adds 0, which changes no bit. */
  readonly kept: Float64Array;
}

export function blendOf(opacity: number): Blend {
  return {
    opacity,
    kept: Float64Array.from({ length: 256 }, (_, byte) => (1 - opacity) * (byte / 255)),
  };
}

/** Blend of a layer that covers what it received. */
export const OPAQUE: Blend = blendOf(1);
