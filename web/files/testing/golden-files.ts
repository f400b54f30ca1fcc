import { createMask } from '../../core/mask/mask.ts';
import type { Codecs } from '../codecs/codecs.ts';
import { decodeImage } from '../decode/decode-image.ts';
import { encodeImage } from '../encode.ts';
import { sha256Hex } from '../hash.ts';
import { encodeMaskPng } from '../mask-png/encode-mask.ts';
import { gradient, translucent } from './pictures.ts';

/**
 * SHA-256 of every kind of file that is written and of its decoded pixels: they must be the same
 * in Node and in every browser. They change only with a codec's version.
 */
export const GOLDEN: Readonly<Record<string, string>> = {
  'jpeg file': '85984d4ab57d3ba1a62ba457996f04d505a3e14465b96d468baaa7ba9281f329',
  'jpeg pixels': '833e85972933bd448b388b3706255de40998c70175410de176504903e437ea01',
  'png file': '6f279693e95bfd79013ea130af1cf19bb3b7033eb15fbdb11f9c5a3c87bdf4f2',
  'png pixels': '52f7a5505bfb814dc04c6aa550f54eed227ecd62a6488d998919cd26d5b91554',
  'webp file': '3aa8225f0549479bffe8d157d1bbdf298facca524f360107b74894c709b116ce',
  'webp pixels': '4b88727345499b049b5792bcc9cf7cd01eabe053c71070e35570871d921b03ae',
  'lossless webp file': '9e0ac20e6cf892b4075bae08c6c203392f6e226edad7a5a73d68ea51230eaa8e',
  'lossless webp pixels': '52f7a5505bfb814dc04c6aa550f54eed227ecd62a6488d998919cd26d5b91554',
  'mask file': '2f0f973cd20ce7ca517ae593cb8ce3eb80a2864e4a1cc8ffb0b9b92661c8abb8',
  'mask pixels': '5dd1a20e92c0989a79e5e3903daa925a4fa5e4f033928a531498e3128c6bbe45',
};

/** Makes and decodes one file of each kind, from pictures that are the same everywhere. */
export async function goldenHashes(codecs: Codecs): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  const files = {
    jpeg: await encodeImage(gradient(203, 151), { format: 'jpg', quality: 88, icc: null }, codecs),
    png: await encodeImage(
      translucent(203, 151),
      { format: 'png', quality: 88, icc: null },
      codecs,
    ),
    webp: await encodeImage(
      translucent(203, 151),
      { format: 'webp', quality: 88, icc: null },
      codecs,
    ),
    'lossless webp': await encodeImage(
      translucent(203, 151),
      { format: 'webp', quality: 'lossless', icc: null },
      codecs,
    ),
    mask: encodeMaskPng(stripes(203, 151)),
  };
  for (const [name, file] of Object.entries(files)) {
    hashes[`${name} file`] = await sha256Hex(file);
    const image = await decodeImage(file, codecs, { imagePixels: 1_000_000 });
    if (!image.ok) throw new Error(`The ${name} file does not decode: ${image.problem.kind}`);
    hashes[`${name} pixels`] = await sha256Hex(new Uint8Array(image.value.raster.data));
  }
  return hashes;
}

function stripes(width: number, height: number) {
  const mask = createMask(width, height);
  for (let i = 0; i < mask.data.length; i += 1)
    mask.data[i] = ((i % width) + (i >> 7)) & 32 ? 1 : 0;
  return mask;
}
