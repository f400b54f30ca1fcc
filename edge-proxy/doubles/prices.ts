import type { Vendor, World } from './types.ts';

/** Micro-dollars of a price in dollars. */
export const usd = (dollars: number): number => Math.round(dollars * 1_000_000);

/**
 * Micro-dollars for `units` of a model: the test's own figure when it gave one, else `unitPrice`,
 * the vendor's figure.
 */
export function priced(
  world: World,
  vendor: Vendor,
  model: string,
  unitPrice: number,
  units = 1,
): number {
  const own = world.prices[`${vendor}:${model}`];
  return Math.round((own ?? unitPrice) * units);
}
