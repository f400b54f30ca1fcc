/**
 * Keeps the screen, and so the machine, awake until the answer is called; where the browser cannot
 * or will not (battery saver), nothing happens. The lock goes when the page is hidden and is asked
 * for again when it is back (https://www.w3.org/TR/screen-wake-lock/).
 */
export function keepAwake(): () => void {
  let sentinel: WakeLockSentinel | null = null;
  let isOver = false;

  const ask = async () => {
    if (isOver || document.visibilityState !== 'visible') return;
    try {
      sentinel = (await navigator.wakeLock?.request('screen')) ?? null;
    } catch {
      sentinel = null;
    }
    if (isOver) void sentinel?.release();
  };

  document.addEventListener('visibilitychange', ask);
  void ask();
  return () => {
    isOver = true;
    document.removeEventListener('visibilitychange', ask);
    void sentinel?.release();
  };
}
