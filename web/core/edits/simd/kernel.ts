import { KERNEL_BASE64 } from './kernel-bytes.ts';

/** What recolour.wat exports. */
export interface Kernel {
  readonly memory: WebAssembly.Memory;
  /** @returns how many pixels came out in doubt */
  recolour(
    end: number,
    red: number,
    green: number,
    blue: number,
    stretch: number,
    lift: number,
    kept: number,
  ): number;
}

let opened: Kernel | null | undefined;

/** The kernel of this thread, compiled once; null where there is no WebAssembly SIMD. */
export function openKernel(): Kernel | null {
  if (opened === undefined) opened = compile();
  return opened;
}

function compile(): Kernel | null {
  try {
    const bytes = Uint8Array.from(atob(KERNEL_BASE64), (letter) => letter.charCodeAt(0));
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    return exports as unknown as Kernel;
  } catch {
    // No SIMD, or a page that forbids WebAssembly: the same bits come out without it.
    return null;
  }
}
