/** Short spellings for the rows of the catalogue. */
import type { Model, Parameter } from '../../contract.ts';

/** Day on which this file's rows were last compared with the vendors' public pages. */
const checkedOn = '2026-11-21';

export const pick = (...values: readonly string[]): Parameter => ({ kind: 'enum', values });
export const pickFrom = (fallback: string, ...values: readonly string[]): Parameter => ({
  kind: 'enum',
  values,
  default: fallback,
});
export const whole = (min: number, max: number, fallback?: number, step?: number): Parameter => ({
  kind: 'integer',
  min,
  max,
  ...(fallback === undefined ? {} : { default: fallback }),
  ...(step === undefined ? {} : { step }),
});
export const real = (min: number, max: number, fallback?: number): Parameter => ({
  kind: 'number',
  min,
  max,
  ...(fallback === undefined ? {} : { default: fallback }),
});
export const flag = (fallback?: boolean): Parameter =>
  fallback === undefined ? { kind: 'boolean' } : { kind: 'boolean', default: fallback };
export const words = (maxLength: number, fallback?: string): Parameter => ({
  kind: 'text',
  maxLength,
  ...(fallback === undefined ? {} : { default: fallback }),
});
/** Micro-dollars of dollars. */
export const usd = (dollars: number): number => Math.round(dollars * 1_000_000);

type Given = Pick<Model, 'id' | 'title' | 'vendor' | 'vendorModel' | 'tasks' | 'price'>;

/** A row with the ordinary case filled in: active, one picture out, no input, no mask. */
export function row(given: Given & Partial<Model>): Model {
  return {
    parameters: {},
    inputs: { min: 0, max: 0 },
    mask: 'none',
    promptMaxLength: 10_000,
    promptRequired: given.promptMaxLength !== 0,
    output: 'image',
    status: 'active',
    checkedOn,
    ...given,
  };
}

/** A row that only says what to use instead. */
export function retired(
  given: Omit<Given, 'price' | 'title'> & { retiresOn: string; replacedBy: string },
): Model {
  const price = { unit: 'image', micros: 0, estimate: true } as const;
  return row({ ...given, title: given.vendorModel, price, status: 'retired' });
}
