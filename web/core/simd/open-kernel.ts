/** What was opened before in this thread, by its base64. */
const opened = new Map<string, unknown>();

/**
 * Instantiates a kernel of this folder, once in a thread: what `scripts/kernels.ts` assembled from
 * its text.
 * @returns what it exports; null where there is no WebAssembly SIMD or the page forbids
 *   WebAssembly, and then whoever asks has a way without it, to the same bytes
 */
export function openKernel<Exports>(base64: string): Exports | null {
  if (!opened.has(base64)) opened.set(base64, instantiate(base64));
  return opened.get(base64) as Exports | null;
}

function instantiate(base64: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  } catch {
    return null;
  }
}
