/** Samples to fit: the terms of every candidate and what choosing it is worth. */
export interface Weighted {
  readonly weight: number;
  readonly candidates: readonly { readonly terms: readonly number[]; readonly iou: number }[];
}

const ROUNDS = 1000;
const RATE = 0.03;
/** Pull towards zero, on terms scaled to unit deviation. */
const DECAY = 0.005;

/**
 * Weights of a linear score that maximise the expected IoU when candidates are drawn by the
 * softmax of their scores: the very thing that is wanted, made smooth. Gradient ascent with Adam
 * (Kingma and Ba, 2015).
 */
export function fitSoftmax(samples: readonly Weighted[]): number[] {
  const scale = deviations(samples);
  const total = samples.reduce((sum, { weight }) => sum + weight, 0);
  let weights = scale.map(() => 0);
  const first = scale.map(() => 0);
  const second = scale.map(() => 0);
  for (let round = 1; round <= ROUNDS; round++) {
    const gradient = weights.map((weight) => -2 * DECAY * weight);
    for (const { candidates, weight } of samples) {
      const chances = softmax(candidates.map(({ terms }) => score(terms, weights, scale)));
      const expected = chances.reduce((sum, p, i) => sum + p * candidates[i].iou, 0);
      candidates.forEach(({ terms, iou }, i) => {
        const pull = (chances[i] * (iou - expected) * weight) / total;
        for (let j = 0; j < terms.length; j++) gradient[j] += (pull * terms[j]) / scale[j];
      });
    }
    weights = weights.map((weight, j) => {
      first[j] = 0.9 * first[j] + 0.1 * gradient[j];
      second[j] = 0.999 * second[j] + 0.001 * gradient[j] ** 2;
      const mean = first[j] / (1 - 0.9 ** round);
      const spread = Math.sqrt(second[j] / (1 - 0.999 ** round)) + 1e-8;
      return weight + (RATE * mean) / spread;
    });
  }
  return weights.map((weight, j) => weight / scale[j]);
}

/** Mean IoU when the highest score is taken. */
export function meanIou(samples: readonly Weighted[], weights: readonly number[]): number {
  const ones = weights.map(() => 1);
  const taken = samples.map(({ candidates }) =>
    candidates.reduce((a, b) =>
      score(b.terms, weights, ones) > score(a.terms, weights, ones) ? b : a,
    ),
  );
  return taken.reduce((sum, { iou }) => sum + iou, 0) / samples.length;
}

function score(terms: readonly number[], weights: readonly number[], scale: readonly number[]) {
  return terms.reduce((sum, term, j) => sum + (term / scale[j]) * weights[j], 0);
}

function softmax(scores: readonly number[]): number[] {
  const highest = Math.max(...scores);
  const powers = scores.map((value) => Math.exp(value - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

function deviations(samples: readonly Weighted[]): number[] {
  const rows = samples.flatMap(({ candidates }) => candidates.map(({ terms }) => terms));
  return rows[0].map((_, j) => {
    const mean = rows.reduce((sum, terms) => sum + terms[j], 0) / rows.length;
    const variance = rows.reduce((sum, terms) => sum + (terms[j] - mean) ** 2, 0) / rows.length;
    return Math.sqrt(variance) || 1;
  });
}
