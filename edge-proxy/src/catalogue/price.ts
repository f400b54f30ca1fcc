/** The most a call can cost, from its row: what is debited before it leaves. */
import type { Model } from '../../contract.ts';

type Values = Readonly<Record<string, string | number | boolean>>;

const megapixel = 1024 * 1024;

/** @returns whole micro-dollars. */
export function reserveFor(
  model: Model,
  parameters: Values,
  inputs: number,
  promptLength: number,
): number {
  const { price } = model;
  let factor = 1;
  for (const [name, factors] of Object.entries(price.by ?? {})) {
    factor *= factors[String(parameters[name])] ?? worst(name, factors);
  }
  const units = price.count === undefined ? 1 : Number(parameters[price.count] ?? 1);
  const pixels = Number(parameters.width ?? 1024) * Number(parameters.height ?? 1024);
  const further = Math.max(0, Math.ceil(pixels / megapixel) - 1) * (price.furtherMicros ?? 0);
  const extras =
    inputs * (price.perInputMicros ?? 0) +
    Math.ceil(promptLength / 1000) * (price.perThousandCharsMicros ?? 0);
  return Math.round(price.micros * factor * units + further + extras);
}

/** A value without a factor of its own costs the plain price, but an unnamed size its worst. */
function worst(name: string, factors: Readonly<Record<string, number>>): number {
  return name === 'size' ? Math.max(1.5, ...Object.values(factors).filter((f) => f < 2)) : 1;
}
