import { type Accessor, createMemo, createSignal, onCleanup } from 'solid-js';
import {
  KEEP_FOR_EVER,
  type RetentionSettings,
  readRetention,
  retentionVerdict,
} from '../core/dataset/retention.ts';
import { plural } from '../core/flow/format.ts';
import { type AgedItem, putAges, trackAges } from '../storage/ages.ts';
import { describeStorageProblem, type StorageProblem } from '../storage/problem.ts';
import { getSetting, putSetting } from '../storage/settings.ts';
import type { Notices } from './notices.ts';
import type { PhotoLibrary } from './photos.ts';
import type { Run } from './run.ts';
import type { Services } from './services.ts';
import type { TemplateLibrary } from './templates.ts';
import type { VariantLibrary } from './variants.ts';

/** What will be removed unless the user says otherwise. */
export interface Reminder {
  readonly variants: number;
  readonly photos: number;
  /** When the first of them goes, milliseconds since 1970. */
  readonly removeAt: number;
  /** Whether some of it has not been seen by the user yet; `seen` starts its notice. */
  readonly isNew: boolean;
}

/** How long things are kept, and the reminder before anything is removed. */
export interface Retention {
  readonly settings: Accessor<RetentionSettings>;
  readonly reminder: Accessor<Reminder | null>;
  /** Reminders given under other settings do not count: each is given anew. */
  setSettings(settings: RetentionSettings): Promise<void>;
  /** Reads settings and ages, removes what was announced and is due, and prepares the reminder. */
  load(): Promise<void>;
  /** The reminder was on the screen. Nothing is removed without this. */
  seen(): Promise<void>;
  /** Keeps everything in the reminder for another full time. */
  keep(): Promise<void>;
  removeNow(): Promise<void>;
}

interface Libraries {
  readonly photos: PhotoLibrary;
  readonly templates: TemplateLibrary;
  readonly variants: VariantLibrary;
  readonly run: Run;
}

const SETTING = 'retention';
const HOUR = 3_600_000;

/** @param now milliseconds since 1970 */
export function createRetention(
  { database }: Services,
  { photos, templates, variants, run }: Libraries,
  notices: Notices,
  now: () => number = Date.now,
): Retention {
  const [settings, setSignal] = createSignal<RetentionSettings>(KEEP_FOR_EVER);
  const [items, setItems] = createSignal<readonly AgedItem[]>([]);

  const verdictOf = (item: AgedItem, at: number) => {
    const { variantDays, photoDays, noticeDays } = settings();
    const days = item.kind === 'variant' ? variantDays : photoDays;
    return retentionVerdict(item, days, noticeDays, at);
  };

  /** Announced or to be announced, and what is due but has to wait for a run to end. */
  const announced = createMemo(() => {
    const at = now();
    return items().flatMap((item) => {
      const verdict = verdictOf(item, at);
      return verdict.kind === 'keep' ? [] : [{ item, verdict }];
    });
  });

  const reminder = createMemo((): Reminder | null => {
    const list = announced();
    if (list.length === 0) return null;
    const at = now();
    const count = (kind: AgedItem['kind']) => list.filter(({ item }) => item.kind === kind).length;
    return {
      variants: count('variant'),
      photos: count('photo'),
      removeAt: Math.min(
        ...list.map(({ verdict }) => ('removeAt' in verdict ? verdict.removeAt : at)),
      ),
      isNew: list.some(({ verdict }) => verdict.kind === 'remind'),
    };
  });

  function tell(problem: StorageProblem): void {
    notices.show({ tone: 'error', ...describeStorageProblem(problem) });
  }

  /** Looks again at what there is. A photo that a template was made on stays. */
  async function refresh(): Promise<void> {
    const tracked = await trackAges(database, now());
    if (!tracked.ok) return;
    const references = new Set(templates.list.map(({ reference }) => reference));
    setItems(tracked.value.filter(({ kind, id }) => kind === 'variant' || !references.has(id)));
  }

  async function remove(list: readonly AgedItem[]): Promise<void> {
    const ids = (kind: AgedItem['kind']) =>
      list.flatMap((item) => (item.kind === kind ? [item.id] : []));
    const gone = ids('variant');
    if (gone.length > 0) await variants.remove(gone);
    await photos.remove(ids('photo'));
    await refresh();
  }

  async function removeDue(): Promise<void> {
    // A run counts on what it has made.
    if (run.state().kind !== 'idle') return;
    const at = now();
    const due = items().filter((item) => verdictOf(item, at).kind === 'remove');
    if (due.length === 0) return;
    await remove(due);
    const made = due.filter(({ kind }) => kind === 'variant').length;
    if (made === 0) return;
    notices.show({
      tone: 'info',
      message: `${plural(made, 'result')} removed, as announced.`,
      next: 'Generate makes them again from the photos and templates.',
    });
  }

  async function write(changed: readonly AgedItem[]): Promise<void> {
    const kept = await putAges(database, changed);
    if (!kept.ok) return tell(kept.problem);
    await refresh();
  }

  async function look(): Promise<void> {
    await refresh();
    await removeDue();
  }

  const timer = setInterval(() => void look(), HOUR);
  onCleanup(() => clearInterval(timer));

  return {
    settings,
    reminder,

    async setSettings(next) {
      setSignal(next);
      const kept = await putSetting(database, SETTING, next);
      if (!kept.ok) return tell(kept.problem);
      await refresh();
      await write(items().map((item) => ({ ...item, remindedAt: null })));
    },

    async load() {
      const stored = await getSetting(database, SETTING);
      if (stored.ok) setSignal(readRetention(stored.value));
      await look();
    },

    async seen() {
      const at = now();
      const told = announced().filter(({ verdict }) => verdict.kind === 'remind');
      await write(told.map(({ item }) => ({ ...item, remindedAt: at })));
    },

    async keep() {
      const at = now();
      const count = announced().length;
      await write(announced().map(({ item }) => ({ ...item, keptSince: at, remindedAt: null })));
      if (reminder() === null) {
        notices.show({ tone: 'success', message: `${plural(count, 'item')} kept, from today on.` });
      }
    },

    removeNow: () => remove(announced().map(({ item }) => item)),
  };
}
