/** "1.4 MB", "812 KB", "0 bytes": decimal units, as operating systems show file sizes. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const units = ['KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = -1;
  do {
    value /= 1000;
    unit++;
  } while (value >= 999.5 && unit < units.length - 1);
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** "8 s", "2 min 05 s", "1 h 12 min": a length of time that a person waits. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  }
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
}

/** "1 photo", "3 photos". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** "3.2 a second", "45 a minute", "8 an hour": how fast a job goes. */
export function formatRate(perSecond: number): string {
  if (perSecond >= 0.995)
    return `${perSecond < 9.95 ? perSecond.toFixed(1) : Math.round(perSecond)} a second`;
  if (perSecond * 60 >= 0.95) return `${Math.round(perSecond * 60)} a minute`;
  return `${Math.round(perSecond * 3600)} an hour`;
}
