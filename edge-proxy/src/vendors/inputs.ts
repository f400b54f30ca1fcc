/** A user's files in the forms that vendors take. */
import { toBase64 } from '../http/base64.ts';
import { convertMask, type MaskForm } from '../masks/png.ts';
import type { Call, Input } from './adapter.ts';
import { FileText, type FormFile } from './bodies.ts';

/** Below this a data URL is kinder than a fetch (Replicate: 256 kB). */
const inlineLimit = 256 * 1024;

/** Base64 that is made while the request goes out. */
export function base64Of(input: Input, prefix = ''): FileText {
  return new FileText({ bytes: input.bytes, as: 'base64', open: input.open }, prefix);
}

function dataUrlOf(input: Input): FileText {
  return base64Of(input, `data:${input.type};base64,`);
}

/** A URL the vendor can read: ours when it is reachable and worth it, else the bytes themselves. */
export async function linkTo(input: Input): Promise<string | FileText> {
  if (input.bytes > inlineLimit) return input.url ?? dataUrlOf(input);
  const bytes = await new Response(await input.open()).arrayBuffer();
  return `data:${input.type};base64,${toBase64(new Uint8Array(bytes))}`;
}

/** The mask in a vendor's polarity. @throws BadMask */
export async function maskBytes(mask: Input, changes: MaskForm): Promise<Uint8Array<ArrayBuffer>> {
  return convertMask(await mask.open(), changes);
}

export function pngDataUrl(bytes: Uint8Array): string {
  return `data:image/png;base64,${toBase64(bytes)}`;
}

export function formFileOf({ type, bytes, open }: Input): FormFile {
  return { type, name: 'image', content: { bytes, as: 'bytes', open } };
}

/** The mask of a form, white where pixels change. @throws BadMask */
export async function formMask(mask: Input): Promise<FormFile> {
  return { type: 'image/png', name: 'mask.png', content: await maskBytes(mask, 'white') };
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
