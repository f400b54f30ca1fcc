import { type Accessor, createMemo, createResource, createSignal } from 'solid-js';
import { createStore, produce, reconcile } from 'solid-js/store';
import type { Photo } from '../core/dataset/photo.ts';
import { planVariants, type VariantTask } from '../core/dataset/tasks.ts';
import type { Template } from '../core/dataset/template.ts';
import type { Variant } from '../core/dataset/variant.ts';
import { OUTPUT_DEFAULTS, type OutputSettings } from '../core/export/recipe.ts';
import { modelKey, type Tier } from '../core/segmentation/tiers.ts';
import { sha256Hex } from '../files/hash.ts';
import { getFile } from '../storage/photos.ts';
import { describeStorageProblem } from '../storage/problem.ts';
import { getSetting, putSetting } from '../storage/settings.ts';
import { deleteVariants, getOutput, listVariants } from '../storage/variants.ts';
import type { Notices } from './notices.ts';
import type { PhotoLibrary } from './photos.ts';
import type { Services } from './services.ts';
import type { TemplateLibrary } from './templates.ts';

/** One sample of a photo × a template, and what there is of it. */
export interface Slot extends VariantTask {
  readonly variant: Variant | undefined;
}

export interface VariantLibrary {
  /** Every photo × every template × its samples, photos first. The same objects until something changes. */
  readonly tasks: Accessor<readonly VariantTask[]>;
  /** What there is of a task. Reactive by itself, so that one result redraws one card. */
  variantOf(key: string): Variant | undefined;
  /** How many tasks are in each state. Reactive. */
  readonly counts: Accessor<Readonly<Record<'done' | 'failed' | 'missing', number>>>;
  /** Results made with settings that have changed since; they are not exported. */
  readonly outdated: Accessor<number>;
  /** What a finished variant takes on this device on average, bytes; null while there is none. */
  readonly averageBytes: Accessor<number | null>;
  readonly output: Accessor<OutputSettings>;
  /** Names what makes the masks: results of another model are other results. */
  readonly model: Accessor<string>;
  readonly loaded: Accessor<boolean>;
  setOutput(output: OutputSettings): void;
  load(): Promise<void>;
  /** All tasks with their variants as they will be once everything that has just changed has been hashed. */
  settled(): Promise<readonly Slot[]>;
  put(variant: Variant): void;
  thumbnail(key: string): Promise<string>;
  /** Address of a whole picture, '' when it is gone; whoever asks gives it back (revoke). */
  fullSize(task: VariantTask, side: 'before' | 'after' | 'mask'): Promise<string>;
  /** Deletes results and their bytes for good. */
  remove(keys: readonly string[]): Promise<void>;
  /** Deletes all results, outdated ones too. Photos and templates stay. */
  clear(): Promise<void>;
}

const OUTPUT_SETTING = 'output';
/** A new project's archive can be trained with as it is. */
const DEFAULT_OUTPUT: OutputSettings = { ...OUTPUT_DEFAULTS, annotations: ['coco'] };

async function listTasks(
  photos: readonly Photo[],
  templates: readonly Template[],
  output: OutputSettings,
  modelHash: string,
): Promise<VariantTask[]> {
  const encoder = new TextEncoder();
  return Promise.all(
    planVariants(photos, templates, output, modelHash).map(async ({ fingerprint, ...variant }) => ({
      ...variant,
      key: await sha256Hex(encoder.encode(fingerprint)),
    })),
  );
}

export function createVariantLibrary(
  services: Services,
  photos: PhotoLibrary,
  templates: TemplateLibrary,
  notices: Notices,
  tier: Accessor<Tier>,
): VariantLibrary {
  const { database, engine } = services;
  const [state, setState] = createStore<{ byKey: Record<string, Variant> }>({ byKey: {} });
  const [output, setOutputSignal] = createSignal(DEFAULT_OUTPUT);
  const [loaded, setLoaded] = createSignal(false);
  const thumbnails = new Map<string, Promise<string>>();
  const model = () => modelKey(engine.encoder.sha256, engine.decoder.sha256, tier());

  const inputs = () => [[...photos.list], [...templates.list], output(), model()] as const;
  const [tasks] = createResource(inputs, (all) => listTasks(...all), {
    initialValue: [],
  });
  const counts = createMemo(() => {
    const sums = { done: 0, failed: 0, missing: 0 };
    for (const { key } of tasks.latest) sums[state.byKey[key]?.status ?? 'missing']++;
    return sums;
  });

  const outdated = createMemo(() => {
    const current = new Set(tasks.latest.map(({ key }) => key));
    return Object.values(state.byKey).filter(
      ({ key, status }) => status === 'done' && !current.has(key),
    ).length;
  });

  const averageBytes = createMemo(() => {
    let bytes = 0;
    let made = 0;
    for (const { key } of tasks.latest) {
      const variant = state.byKey[key];
      if (variant?.status !== 'done') continue;
      bytes += variant.imageBytes + variant.maskBytes;
      made++;
    }
    return made > 0 ? bytes / made : null;
  });

  async function remove(keys: readonly string[]): Promise<void> {
    const gone = await deleteVariants(database, keys);
    if (!gone.ok) {
      notices.show({ tone: 'error', ...describeStorageProblem(gone.problem) });
      return;
    }
    for (const key of keys) {
      void thumbnails.get(key)?.then((url) => url && URL.revokeObjectURL(url));
      thumbnails.delete(key);
    }
    setState(
      'byKey',
      produce((byKey) => {
        for (const key of keys) delete byKey[key];
      }),
    );
  }

  return {
    tasks: () => tasks.latest,
    variantOf: (key) => state.byKey[key],
    counts,
    outdated,
    averageBytes,
    output,
    model,
    loaded,

    setOutput(next) {
      setOutputSignal(next);
      void putSetting(database, OUTPUT_SETTING, next).then((kept) => {
        if (!kept.ok) notices.show({ tone: 'error', ...describeStorageProblem(kept.problem) });
      });
    },

    async load() {
      const setting = await getSetting(database, OUTPUT_SETTING);
      if (setting.ok && typeof setting.value === 'object' && setting.value !== null) {
        setOutputSignal({ ...DEFAULT_OUTPUT, ...(setting.value as Partial<OutputSettings>) });
      }
      const stored = await listVariants(database);
      if (stored.ok) {
        setState('byKey', Object.fromEntries(stored.value.map((one) => [one.key, one])));
      } else {
        notices.show({ tone: 'error', ...describeStorageProblem(stored.problem) });
      }
      setLoaded(true);
    },

    async settled() {
      // A slider let go of just now may still be on its way to the list.
      await templates.settled();
      const list = await listTasks(...inputs());
      return list.map((task) => ({ ...task, variant: state.byKey[task.key] }));
    },

    put(variant) {
      setState('byKey', variant.key, reconcile(variant));
    },

    thumbnail(key) {
      let url = thumbnails.get(key);
      if (!url) {
        url = getOutput(database, key, 'thumbnail').then((read) =>
          read.ok && read.value ? URL.createObjectURL(read.value) : '',
        );
        thumbnails.set(key, url);
      }
      return url;
    },

    async fullSize(task, side) {
      const read =
        side === 'before'
          ? await getFile(database, task.photo.hash)
          : await getOutput(database, task.key, side === 'after' ? 'image' : 'mask');
      return read.ok && read.value ? URL.createObjectURL(read.value) : '';
    },

    remove,

    clear: () => remove(Object.keys(state.byKey)),
  };
}
