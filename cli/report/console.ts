import { formatDuration, plural } from '../../web/core/flow/format.ts';
import type { Report, RunnerEvent } from './events.ts';

export interface ConsoleOptions {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean; columns?: number };
  readonly json: boolean;
  readonly quiet: boolean;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

/** How often a log without a terminal gets a line about progress. */
const LINE_EVERY_MS = 10_000;
/** How often a terminal's bar is drawn anew. */
const BAR_EVERY_MS = 100;
const BAR_WIDTH = 24;

/** Tells events to a person at a terminal, to a log, or to a program (`--json`). */
export function createConsole(options: ConsoleOptions): Report {
  if (options.json) return (event) => void options.stdout.write(`${JSON.stringify(event)}\n`);
  const { stderr, quiet, now } = options;
  const isBar = stderr.isTTY === true && !quiet;
  let drawn = Number.NEGATIVE_INFINITY;
  let bar = '';

  const clear = () => {
    if (bar !== '') stderr.write('\r\u001b[K');
    bar = '';
  };
  const line = (text: string) => {
    clear();
    stderr.write(`${text}\n`);
  };
  const progress = (text: string, isLast: boolean) => {
    if (quiet) return;
    const wait = isBar ? BAR_EVERY_MS : LINE_EVERY_MS;
    if (now() - drawn < wait && !isLast) return;
    drawn = now();
    if (!isBar) return line(text);
    clear();
    // A terminal that does not know its width says 0.
    bar = text.slice(0, (stderr.columns || 80) - 1);
    stderr.write(bar);
  };

  return (event) => {
    switch (event.event) {
      case 'sorting':
      case 'photo':
      case 'writing':
        return progress(...progressOf(event, isBar));
      case 'trouble':
      case 'error':
        return line(`${event.message} ${event.next}`);
      case 'note':
        return quiet ? undefined : line(event.message);
      case 'start':
        if (quiet) return;
        line(sentenceOf(event));
        // The engine takes seconds to start; nothing may look as if nothing happened.
        return isBar ? progress(shown(true, 0, event.photos, 'photos'), false) : undefined;
      case 'listed':
      case 'end':
        return quiet ? undefined : line(sentenceOf(event));
    }
  };
}

function progressOf(
  event: RunnerEvent & { readonly event: 'sorting' | 'photo' | 'writing' },
  isBar: boolean,
): [text: string, isLast: boolean] {
  switch (event.event) {
    case 'sorting':
      return [
        shown(isBar, event.done, event.total, 'files looked at for this shard'),
        event.done === event.total,
      ];
    case 'writing':
      return [
        shown(isBar, event.files, event.totalFiles, 'files written'),
        event.files === event.totalFiles,
      ];
    case 'photo': {
      const { done, total, rate, secondsLeft } = event;
      const speed = rate === null ? '' : `, ${rate < 10 ? rate.toFixed(2) : Math.round(rate)}/s`;
      const left =
        secondsLeft === null || done === total ? '' : `, ${formatDuration(secondsLeft)} left`;
      return [`${shown(isBar, done, total, 'photos')}${speed}${left}`, done === total];
    }
  }
}

function shown(isBar: boolean, done: number, total: number, what: string): string {
  const count = `${done.toLocaleString('en')} of ${total.toLocaleString('en')} ${what}`;
  if (!isBar) return count;
  const filled = total === 0 ? BAR_WIDTH : Math.floor((BAR_WIDTH * done) / total);
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${count}`;
}

function sentenceOf(event: RunnerEvent & { readonly event: 'listed' | 'start' | 'end' }): string {
  switch (event.event) {
    case 'listed':
      return `${plural(event.files, 'file')}${event.shard ? ` in shard ${event.shard}` : ''}.`;
    case 'start':
      return `${plural(event.threads, 'thread')}, ${event.backend}.`;
    case 'end': {
      const { where, photos, variants, failed, refused, seconds } = event;
      const troubles = [
        failed > 0 && `${plural(failed, 'variant')} failed`,
        refused > 0 && `${plural(refused, 'file')} refused`,
      ].filter((text) => text !== false);
      const made = `${plural(variants, 'variant')} of ${plural(photos, 'photo')} in ${where}`;
      return `${[made, ...troubles].join('; ')} (${formatDuration(seconds)}).`;
    }
  }
}
