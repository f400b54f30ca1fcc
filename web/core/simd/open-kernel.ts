/**
 * Instantiates a kernel of this folder: what `scripts/kernels.ts` assembled from its text.
 * @returns what it exports; null where there is no WebAssembly SIMD or the page forbids
 *   WebAssembly, and then whoever asks has a way without it, to the same bytes
 */
export function openKernel<Exports>(base64: string): Exports | null {
  try {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    return exports as unknown as Exports;
  } catch {
    return null;
  }
}
