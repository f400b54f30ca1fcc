import type { Mask } from './mask.ts';

/** 4: pixels that share an edge are one part; 8: sharing a corner is enough. */
export type Connectivity = 4 | 8;

export interface Components {
  /** Row-major; 0 outside the mask, else 1 … areas.length in the order of first pixels. */
  readonly labels: Int32Array;
  /** Pixels of each part; part `label` is at `label − 1`. */
  readonly areas: readonly number[];
}

/** Labels the connected parts of a mask by filling from each unlabelled pixel. */
export function labelComponents(mask: Mask, connectivity: Connectivity): Components {
  const { width, height, data } = mask;
  const labels = new Int32Array(data.length);
  const areas: number[] = [];
  const waiting: number[] = [];
  const visit = (x: number, y: number, label: number): void => {
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    const pixel = y * width + x;
    if (data[pixel] === 0 || labels[pixel] !== 0) return;
    labels[pixel] = label;
    waiting.push(pixel);
  };
  for (let first = data.indexOf(1); first !== -1; first = data.indexOf(1, first + 1)) {
    if (labels[first] !== 0) continue;
    const label = areas.length + 1;
    let area = 0;
    visit(first % width, Math.floor(first / width), label);
    for (let pixel = waiting.pop(); pixel !== undefined; pixel = waiting.pop()) {
      area += 1;
      const x = pixel % width;
      const y = Math.floor(pixel / width);
      visit(x - 1, y, label);
      visit(x + 1, y, label);
      visit(x, y - 1, label);
      visit(x, y + 1, label);
      if (connectivity === 4) continue;
      visit(x - 1, y - 1, label);
      visit(x + 1, y - 1, label);
      visit(x - 1, y + 1, label);
      visit(x + 1, y + 1, label);
    }
    areas.push(area);
  }
  return { labels, areas };
}
