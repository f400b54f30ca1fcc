/** Key of the noise generator: 64 bits as two unsigned 32-bit halves. */
export interface Seed {
  readonly high: number;
  readonly low: number;
}

const FNV_OFFSET = 0xcbf29ce484222325n;
const FNV_PRIME = 0x100000001b3n;

/** UTF-8 bytes of `text`; `TextEncoder` is not part of the language, so not of the core. */
function* utf8(text: string): Generator<number> {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) {
      yield code;
      continue;
    }
    if (code < 0x800) yield 0xc0 | (code >> 6);
    else {
      if (code < 0x10000) yield 0xe0 | (code >> 12);
      else {
        yield 0xf0 | (code >> 18);
        yield 0x80 | ((code >> 12) & 0x3f);
      }
      yield 0x80 | ((code >> 6) & 0x3f);
    }
    yield 0x80 | (code & 0x3f);
  }
}

/**
 * FNV-1a, 64 bits, over the UTF-8 bytes of `text`.
 * L. Noll, K. Vo, D. Eastlake, T. Hansen, RFC 9923 (2026).
 */
export function fnv1a64(text: string): Seed {
  let hash = FNV_OFFSET;
  for (const byte of utf8(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * FNV_PRIME);
  return { high: Number(hash >> 32n), low: Number(hash & 0xffffffffn) };
}

/**
 * Seed of one layer's noise: FNV-1a of `imageHash maskArea componentId`, joined by spaces. The
 * free text comes last, so no two triples give the same string.
 *
 * @param imageHash hexadecimal hash of the source image
 * @param maskArea pixels inside the mask
 */
export function layerSeed(componentId: string, maskArea: number, imageHash: string): Seed {
  return fnv1a64(`${imageHash} ${maskArea} ${componentId}`);
}

/** Sixteen hexadecimal digits: how a manifest writes a seed. */
export function seedToHex(seed: Seed): string {
  return [seed.high, seed.low].map((half) => half.toString(16).padStart(8, '0')).join('');
}
