/** For every output position: the first input position, and the weights from there on. */
export interface Taps {
  readonly first: Int32Array;
  readonly weights: readonly Float64Array[];
}

/**
 * Triangle filter at half-pixel centres (`align_corners=false`): output i lies at (i + ½)·scale in
 * input coordinates. Weights are cut at the border and sum to 1.
 */
export function triangleTaps(from: number, to: number, antialias: boolean): Taps {
  const scale = from / to;
  const reach = antialias ? Math.max(1, scale) : 1;
  const first = new Int32Array(to);
  const weights: Float64Array[] = [];
  for (let i = 0; i < to; i += 1) {
    const centre = (i + 0.5) * scale - 0.5;
    const low = Math.max(0, Math.floor(centre - reach) + 1);
    const high = Math.min(from - 1, Math.ceil(centre + reach) - 1);
    const own = Float64Array.from({ length: high - low + 1 }, (_, k) =>
      Math.max(0, 1 - Math.abs(low + k - centre) / reach),
    );
    const sum = own.reduce((total, weight) => total + weight, 0);
    first[i] = low;
    weights.push(own.map((weight) => weight / sum));
  }
  return { first, weights };
}
