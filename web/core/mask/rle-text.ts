import { fail, ok, type Result } from '../flow/result.ts';
import type { RleProblem, RunLengths } from './rle.ts';

/** Five bits a character; a run of 2³¹ needs seven. More is not a run length. */
const MAX_CHARACTERS = 7;

/**
 * COCO's compressed `counts`: from the fourth run on, the difference to the run two before; each
 * number in signed little-endian groups of five bits, bit 5 set when another group follows,
 * written as the character 48 + group.
 * Source: cocodataset/cocoapi, `common/maskApi.c`, `rleToString` and `rleFrString`.
 */
export function rleToText(counts: RunLengths): string {
  let text = '';
  for (let i = 0; i < counts.length; i += 1) {
    let rest = i > 2 ? counts[i] - counts[i - 2] : counts[i];
    for (let more = true; more; ) {
      const group = rest & 0x1f;
      rest >>= 5;
      more = (group & 0x10) === 0 ? rest !== 0 : rest !== -1;
      text += String.fromCharCode(48 + group + (more ? 0x20 : 0));
    }
  }
  return text;
}

/** Run lengths from COCO's compressed `counts`. Whether they fit an image, `decodeRle` says. */
export function rleFromText(text: string): Result<number[], RleProblem> {
  const counts: number[] = [];
  let value = 0;
  let groups = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index) - 48;
    if (code < 0 || code > 0x3f || groups === MAX_CHARACTERS) {
      return fail({ kind: 'bad-character', index });
    }
    value += (code & 0x1f) * 32 ** groups;
    groups += 1;
    if ((code & 0x20) !== 0) continue;
    if ((code & 0x10) !== 0) value -= 32 ** groups;
    const n = counts.length;
    if (n > 2) value += counts[n - 2];
    if (value < 0) return fail({ kind: 'bad-run', index: n, value });
    counts.push(value);
    value = 0;
    groups = 0;
  }
  return groups === 0 ? ok(counts) : fail({ kind: 'cut-off' });
}
