import { type Accessor, createMemo, createSignal, untrack } from 'solid-js';
import type { Finding, HealthReport } from '../core/dataset/health.ts';
import { describeStorageProblem } from '../storage/problem.ts';
import { getSetting, putSetting } from '../storage/settings.ts';
import type { CheckProblem, CheckProgress, CheckRequest } from '../workers/health/contract.ts';
import type { PhotoLibrary } from './photos.ts';
import type { Segmenter } from './segmenter.ts';
import type { Services } from './services.ts';
import type { VariantLibrary } from './variants.ts';

/** What deserves a look before exporting. Nothing is checked until somebody asks. */
export interface Health {
  /** The latest check, or null. It stays on the screen while a newer one is made. */
  readonly report: Accessor<HealthReport | null>;
  readonly progress: Accessor<CheckProgress | null>;
  /** Why the latest check has no report, in words. */
  readonly problem: Accessor<{ readonly message: string; readonly next: string } | null>;
  /** Whether the dataset has changed since the latest check, or there was none. */
  readonly isStale: Accessor<boolean>;
  /** What the check found of photos that are still there, less what was put aside. */
  readonly findings: Accessor<readonly Finding[]>;
  /** How many findings of this check are put aside. */
  readonly dismissed: Accessor<number>;
  load(): Promise<void>;
  /** Checks the dataset as it is now; a check under way ends. */
  check(): Promise<void>;
  cancel(): void;
  /** Puts findings aside for good; the same finding is not shown again. */
  dismiss(...ids: readonly string[]): void;
  /** Takes one finding back, or all of them. */
  restore(id?: string): void;
}

const SETTING = 'health dismissed';
/** Older ones are forgotten; they would be shown again if they still held. */
const MOST_DISMISSED = 5000;

function explain(problem: CheckProblem) {
  switch (problem.kind) {
    case 'cancelled':
      return null;
    case 'worker-crashed':
      return {
        message: 'The browser ended the check, usually for want of memory.',
        next: 'Close other tabs, then check again.',
      };
    default:
      return describeStorageProblem(problem);
  }
}

export function createHealthCheck(
  services: Services,
  segmenter: Segmenter,
  photos: PhotoLibrary,
  variants: VariantLibrary,
): Health {
  const { database, health } = services;
  const [report, setReport] = createSignal<HealthReport | null>(null);
  const [progress, setProgress] = createSignal<CheckProgress | null>(null);
  const [problem, setProblem] = createSignal<{ message: string; next: string } | null>(null);
  const [aside, setAside] = createSignal<ReadonlySet<string>>(new Set());
  const [checked, setChecked] = createSignal<object | null>(null);
  let latest = 0;

  /** Another object whenever something changes that a check looks at. */
  const dataset = createMemo((): object => {
    const { splits, seed } = variants.output();
    const isEncoded = segmenter.waiting() === 0;
    return [photos.list, variants.tasks(), variants.counts(), splits, seed, isEncoded];
  });

  const isPresent = (finding: Finding): boolean => {
    switch (finding.kind) {
      case 'balance':
        return true;
      case 'duplicates':
        return finding.photos.filter((hash) => photos.byHash(hash)).length > 1;
      default:
        return photos.byHash(finding.photo) !== undefined;
    }
  };
  const present = createMemo(() => (report()?.findings ?? []).filter(isPresent));
  const findings = createMemo(() => present().filter(({ id }) => !aside().has(id)));

  function request(): CheckRequest {
    const { splits, seed } = variants.output();
    const list = photos.list.map(({ hash, width, height }) => ({ hash, width, height }));
    const photoAt = new Map(list.map(({ hash }, index) => [hash, index]));
    const templates: CheckRequest['templates'][number][] = [];
    const templateAt = new Map<string, number>();
    const planned = variants.tasks().flatMap(({ key, photo, template }) => {
      let at = templateAt.get(template.id);
      if (at === undefined) {
        const { id, className, placement } = template;
        at = templates.push({ id, className, placement }) - 1;
        templateAt.set(id, at);
      }
      const index = photoAt.get(photo.hash);
      return index === undefined ? [] : [[key, index, at] as const];
    });
    return { photos: list, templates, planned, splits: { ...splits }, seed };
  }

  function setDismissed(ids: ReadonlySet<string>): void {
    setAside(ids);
    void putSetting(database, SETTING, [...ids].slice(-MOST_DISMISSED));
  }

  return {
    report,
    progress,
    problem,
    isStale: () => checked() !== dataset(),
    findings,
    dismissed: () => present().length - findings().length,

    async load() {
      const stored = await getSetting(database, SETTING);
      if (!stored.ok || !Array.isArray(stored.value)) return;
      setAside(new Set(stored.value.filter((id) => typeof id === 'string')));
    },

    async check() {
      latest += 1;
      const mine = latest;
      const asked = untrack(dataset);
      setProblem(null);
      setProgress({ stage: 'variants', done: 0, total: 0, rate: null, secondsLeft: null });
      let isOver = false;
      const answer = await health.check(untrack(request), (reading) => {
        // Readings have a channel of their own: the last may come after the answer.
        if (mine === latest && !isOver) setProgress(reading);
      });
      isOver = true;
      if (mine !== latest) return;
      setProgress(null);
      setChecked(asked);
      if (answer.ok) setReport(answer.value);
      else setProblem(explain(answer.problem));
    },

    cancel() {
      latest += 1;
      setProgress(null);
      setChecked(untrack(dataset));
      void health.cancel();
    },

    dismiss(...ids) {
      setDismissed(new Set([...aside(), ...ids]));
    },

    restore(id) {
      setDismissed(
        id === undefined ? new Set() : new Set([...aside()].filter((one) => one !== id)),
      );
    },
  };
}
