/**
 * What `work` answers, or null as soon as `signal` is aborted; the work itself goes on unheard.
 * `Promise.race` with one promise for the whole run would keep every answer until the run ends.
 */
export function unlessAborted<Value>(
  work: Promise<Value>,
  signal: AbortSignal,
): Promise<Value | null> {
  return new Promise((resolve, reject) => {
    const giveUp = () => resolve(null);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
