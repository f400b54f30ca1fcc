/**
 * Powers and logarithms that are the same bits in every JavaScript engine.
 *
 * ECMA-262 leaves `Math.pow`, `Math.log` and `Math.exp` implementation-approximated, so Chromium,
 * Firefox and Node may differ in the last bit. `+ − × ÷` and `Math.sqrt` are exact IEEE 754
 * everywhere. Here a number is an unevaluated sum `high + low` of two doubles (about 106 bits);
 * the result is rounded once, so it is the correctly rounded one but for inputs within 2⁻⁹⁰ of
 * a tie, and exact cases (0.25 to the power 0.5) are exact.
 *
 * Sources: T. J. Dekker, "A floating-point technique for extending the available precision",
 * Numer. Math. 18 (1971); Y. Hida, X. S. Li, D. H. Bailey, "Algorithms for quad-double precision
 * floating point arithmetic", ARITH-15 (2001), for reduction before the exponential series.
 */
interface Double2 {
  readonly high: number;
  readonly low: number;
}

const SPLITTER = 2 ** 27 + 1;
/** ln 2 in two doubles. */
const LN2: Double2 = { high: Math.LN2, low: 2.3190468138462996e-17 };
const LOG_TERMS = 21;
const EXP_TERMS = 9;
const EXP_HALVINGS = 8;

function quickTwoSum(a: number, b: number): Double2 {
  const high = a + b;
  return { high, low: b - (high - a) };
}

function twoSum(a: number, b: number): Double2 {
  const high = a + b;
  const bb = high - a;
  return { high, low: a - (high - bb) + (b - bb) };
}

function twoProduct(a: number, b: number): Double2 {
  const high = a * b;
  const ta = SPLITTER * a;
  const aHigh = ta - (ta - a);
  const aLow = a - aHigh;
  const tb = SPLITTER * b;
  const bHigh = tb - (tb - b);
  const bLow = b - bHigh;
  return { high, low: aHigh * bHigh - high + aHigh * bLow + aLow * bHigh + aLow * bLow };
}

function add(a: Double2, b: Double2): Double2 {
  const s = twoSum(a.high, b.high);
  const t = twoSum(a.low, b.low);
  const u = quickTwoSum(s.high, s.low + t.high);
  return quickTwoSum(u.high, u.low + t.low);
}

function multiply(a: Double2, b: Double2): Double2 {
  const p = twoProduct(a.high, b.high);
  return quickTwoSum(p.high, p.low + (a.high * b.low + a.low * b.high));
}

function scale(a: Double2, factor: number): Double2 {
  const p = twoProduct(a.high, factor);
  return quickTwoSum(p.high, p.low + a.low * factor);
}

function divide(a: Double2, b: Double2): Double2 {
  const q1 = a.high / b.high;
  const r1 = add(a, scale(b, -q1));
  const q2 = r1.high / b.high;
  const r2 = add(r1, scale(b, -q2));
  const q = quickTwoSum(q1, q2);
  return quickTwoSum(q.high, q.low + r2.high / b.high);
}

/** 1/1, 1/3, 1/5 … of the inverse hyperbolic tangent. */
const ODD_RECIPROCALS = Array.from({ length: LOG_TERMS }, (_, j) =>
  divide({ high: 1, low: 0 }, { high: 2 * j + 1, low: 0 }),
);

/** 1/1!, 1/2!, 1/3! … of the exponential. */
const FACTORIAL_RECIPROCALS = Array.from({ length: EXP_TERMS }, (_, n) => {
  let factorial = 1;
  for (let i = 2; i <= n + 1; i += 1) factorial *= i;
  return divide({ high: 1, low: 0 }, { high: factorial, low: 0 });
});

/** ln x = k ln 2 + 2 artanh((m − 1)/(m + 1)), x = m·2ᵏ with m in [√½, √2). */
function logarithm(x: number): Double2 {
  let mantissa = x;
  let exponent = 0;
  while (mantissa < Math.SQRT1_2) {
    mantissa *= 2;
    exponent -= 1;
  }
  while (mantissa >= 2 * Math.SQRT1_2) {
    mantissa /= 2;
    exponent += 1;
  }
  const z = divide(twoSum(mantissa, -1), twoSum(mantissa, 1));
  const square = multiply(z, z);
  let sum = ODD_RECIPROCALS[LOG_TERMS - 1];
  for (let j = LOG_TERMS - 2; j >= 0; j -= 1) sum = add(multiply(sum, square), ODD_RECIPROCALS[j]);
  return add(scale(LN2, exponent), scale(multiply(sum, z), 2));
}

/** eᵗ by a Taylor series of eʳ − 1 at r = (t − k ln 2)/2⁸, then eight squarings and 2ᵏ. */
function exponential(t: Double2): number {
  const k = Math.floor(t.high * Math.LOG2E + 0.5);
  const r = scale(add(t, scale(LN2, -k)), 2 ** -EXP_HALVINGS);
  let sum = FACTORIAL_RECIPROCALS[EXP_TERMS - 1];
  for (let n = EXP_TERMS - 2; n >= 0; n -= 1) sum = add(multiply(sum, r), FACTORIAL_RECIPROCALS[n]);
  let y = multiply(sum, r);
  for (let i = 0; i < EXP_HALVINGS; i += 1) y = add(scale(y, 2), multiply(y, y));
  let result = add(y, { high: 1, low: 0 }).high;
  for (let i = k; i < 0; i += 1) result /= 2;
  for (let i = k; i > 0; i -= 1) result *= 2;
  return result;
}

/** Natural logarithm of a finite normal `x` > 0. */
export function portableLog(x: number): number {
  return logarithm(x).high;
}

/**
 * `base` to the power `exponent`, for 0 ≤ base ≤ 1 and exponent > 0, as far as the result is a
 * normal double (it is above 2⁻⁷⁵⁰ wherever the edits ask).
 */
export function portablePow(base: number, exponent: number): number {
  if (base === 0 || base === 1) return base;
  return exponential(scale(logarithm(base), exponent));
}
