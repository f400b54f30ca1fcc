import { readdirSync, readFileSync } from 'node:fs';

/** Memory while one archive is written, in bytes, and milliseconds. */
export interface MemoryRow {
  readonly what: string;
  readonly images: number;
  readonly written: number;
  readonly time: number;
  readonly idle: number;
  readonly peak: number;
}

/** A figure that is looked at again and again while something runs. */
export interface Watch {
  /** Stops looking; bytes before, and at most. */
  stop(): { readonly idle: number; readonly peak: number };
}

/** Looks at `read` every 20 ms. */
export function watch(read: () => number): Watch {
  const idle = read();
  let peak = idle;
  const timer = setInterval(() => {
    peak = Math.max(peak, read());
  }, 20);
  return {
    stop() {
      clearInterval(timer);
      return { idle, peak: Math.max(peak, read()) };
    },
  };
}

/**
 * Memory that the pages and workers of a browser hold for themselves: the anonymous resident
 * memory of its renderer processes (Linux, proc(5): `RssAnon`), in bytes.
 * @param browser process id
 */
export function rendererBytes(browser: number): number {
  let sum = 0;
  for (const pid of descendants(browser)) {
    const text = read(`/proc/${pid}/cmdline`);
    if (!text.includes('--type=renderer')) continue;
    const line = /^RssAnon:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`));
    sum += Number(line?.[1] ?? 0) * 1024;
  }
  return sum;
}

function descendants(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    // The name in parentheses may hold spaces; state and parent follow it.
    const parent = Number(/\) \S (\d+)/.exec(read(`/proc/${name}/stat`))?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found: number[] = [];
  for (const next = [root]; next.length > 0; ) {
    const pid = next.pop() ?? 0;
    found.push(pid);
    next.push(...(children.get(pid) ?? []));
  }
  return found;
}

/** Empty when the process has ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
