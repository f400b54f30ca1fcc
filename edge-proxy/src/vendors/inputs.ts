/** A user's files in the forms that vendors take. */
import { toBase64 } from '../http/base64.ts';
import { readMask, writeGrey, writeTransparent } from '../masks/png.ts';
import type { Call, Input } from './adapter.ts';

/** Below this a data URL is kinder than a fetch (Replicate: 256 kB). */
const inlineLimit = 256 * 1024;

export async function base64Of(input: Input): Promise<string> {
  return toBase64(await input.read());
}

export async function dataUrlOf(input: Input): Promise<string> {
  return `data:${input.type};base64,${await base64Of(input)}`;
}

/** A URL the vendor can read: ours when it is reachable and worth it, else the bytes themselves. */
export async function linkTo(input: Input): Promise<string> {
  return input.url !== null && input.bytes > inlineLimit ? input.url : dataUrlOf(input);
}

/** The mask in a vendor's polarity. @throws BadMask */
export async function maskBytes(
  mask: Input,
  changes: 'white' | 'black' | 'transparent',
): Promise<Uint8Array<ArrayBuffer>> {
  const grey = await readMask(await mask.read());
  return changes === 'transparent' ? writeTransparent(grey) : writeGrey(grey, changes);
}

export function pngDataUrl(bytes: Uint8Array): string {
  return `data:image/png;base64,${toBase64(bytes)}`;
}

export async function blobOf(input: Input): Promise<Blob> {
  return new Blob([await input.read()], { type: input.type });
}

/** The only input of models that take one. */
export function theInput(call: Call): Input {
  const [input] = call.inputs;
  if (input === undefined) throw new Error('the catalogue asks for an input');
  return input;
}

/** @throws when a model with a required mask was let through without one. */
export function theMask(call: Call): Input {
  if (call.mask === null) throw new Error('the catalogue asks for a mask');
  return call.mask;
}
