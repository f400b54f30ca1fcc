import { type Accessor, createSignal } from 'solid-js';
import { plural } from '../core/flow/format.ts';
import { DEFAULT_EMBEDDING_ROOM, readEmbeddingRoom } from '../core/segmentation/embedding-room.ts';
import { clearModelFiles, modelBytes } from '../remote/model-cache.ts';
import { clearEmbeddings, EMBEDDING_ROOM, trimEmbeddings } from '../storage/embeddings.ts';
import { type Amount, type DatabaseAmounts, measureDatabase, roomLeft } from '../storage/meter.ts';
import { clearPrivateFiles, measurePrivateFiles } from '../storage/private-files.ts';
import { describeStorageProblem, type StorageProblem } from '../storage/problem.ts';
import { getSetting, putSetting } from '../storage/settings.ts';
import { sweep } from '../storage/sweep.ts';
import { deleteTemplate, putTemplate } from '../storage/templates.ts';
import type { Notices } from './notices.ts';
import type { PhotoLibrary } from './photos.ts';
import type { Services } from './services.ts';
import type { TemplateLibrary } from './templates.ts';
import type { VariantLibrary } from './variants.ts';

/** What is weighed, and what can be cleared by itself. */
export type StorageKind = keyof DatabaseAmounts | 'models' | 'archives';

export interface StorageReading {
  readonly amounts: Readonly<Record<StorageKind, Amount>>;
  readonly total: number;
  /** Bytes that the browser would still give; null where it does not really say. */
  readonly room: number | null;
}

/**
 * - `persistent`: the browser keeps it until the user deletes it
 * - `best-effort`: the browser may delete it when the device is full
 * - `refused`: the same, and it has just been asked
 * - `unknown`: the browser cannot be asked
 */
export type Persistence = 'persistent' | 'best-effort' | 'refused' | 'unknown';

export interface StorageMeter {
  readonly reading: Accessor<StorageReading | null>;
  readonly persistence: Accessor<Persistence>;
  /** Weighs everything. Calls that come while it weighs are one more weighing after it. */
  measure(): Promise<void>;
  clear(kind: StorageKind): Promise<void>;
  askToPersist(): Promise<void>;
  /** Bytes that prepared photos may take before the least recently used go. */
  readonly embeddingRoom: Accessor<number>;
  /** Keeps the choice; what is too much for it goes at once. */
  setEmbeddingRoom(bytes: number): Promise<void>;
}

interface Libraries {
  readonly photos: PhotoLibrary;
  readonly templates: TemplateLibrary;
  readonly variants: VariantLibrary;
}

export function createStorageMeter(
  { database, engine }: Services,
  { photos, templates, variants }: Libraries,
  notices: Notices,
): StorageMeter {
  const [reading, setReading] = createSignal<StorageReading | null>(null);
  const [persistence, setPersistence] = createSignal<Persistence>('unknown');
  const [embeddingRoom, showEmbeddingRoom] = createSignal(DEFAULT_EMBEDDING_ROOM);
  let measuring: Promise<void> | null = null;
  let isAskedAgain = false;

  function tell(problem: StorageProblem): void {
    notices.show({ tone: 'error', ...describeStorageProblem(problem) });
  }

  async function weigh(): Promise<void> {
    const stored = await measureDatabase(database);
    if (!stored.ok) return tell(stored.problem);
    const amounts = {
      ...stored.value,
      models: await modelBytes([engine.encoder, engine.decoder, engine.wasm]),
      archives: await measurePrivateFiles(),
    };
    const total = Object.values(amounts).reduce((sum, { bytes }) => sum + bytes, 0);
    const estimate = await navigator.storage?.estimate?.().catch(() => ({}));
    setReading({ amounts, total, room: roomLeft(estimate ?? {}) });
    const chosen = await getSetting(database, EMBEDDING_ROOM);
    if (chosen.ok) showEmbeddingRoom(readEmbeddingRoom(chosen.value));
    const isKept = await navigator.storage?.persisted?.().catch(() => undefined);
    if (isKept === true) setPersistence('persistent');
    else if (isKept === false && persistence() !== 'refused') setPersistence('best-effort');
  }

  async function weighUntilQuiet(): Promise<void> {
    do {
      isAskedAgain = false;
      await weigh();
    } while (isAskedAgain);
    measuring = null;
  }

  function measure(): Promise<void> {
    if (measuring) isAskedAgain = true;
    measuring ??= weighUntilQuiet();
    return measuring;
  }

  async function clearTemplates(): Promise<void> {
    const removed = [...templates.list];
    if (removed.length === 0) return;
    for (const { id } of removed) {
      const gone = await deleteTemplate(database, id);
      if (!gone.ok) return tell(gone.problem);
    }
    await templates.load();
    notices.show({
      tone: 'info',
      message: `${plural(removed.length, 'template')} deleted.`,
      action: {
        label: 'Undo',
        async run() {
          for (const template of removed) {
            const kept = await putTemplate(database, template);
            if (!kept.ok) return tell(kept.problem);
          }
          await templates.load();
        },
      },
    });
  }

  const clearing: Readonly<Record<StorageKind, () => Promise<unknown>>> = {
    photos: () => photos.remove(photos.list.map(({ hash }) => hash)),
    removedPhotos: async () => {
      const swept = await sweep(database);
      if (!swept.ok) tell(swept.problem);
    },
    variants: () => variants.clear(),
    embeddings: async () => {
      const cleared = await clearEmbeddings(database);
      if (!cleared.ok) tell(cleared.problem);
    },
    templates: clearTemplates,
    models: clearModelFiles,
    archives: async () => {
      if (await clearPrivateFiles()) return;
      notices.show({
        tone: 'error',
        message: 'The archive that is being written now was left.',
        next: 'Wait until it is downloaded, then clear again.',
      });
    },
  };

  return {
    reading,
    persistence,
    measure,
    embeddingRoom,

    async setEmbeddingRoom(bytes) {
      const kept = await putSetting(database, EMBEDDING_ROOM, bytes);
      if (!kept.ok) return tell(kept.problem);
      showEmbeddingRoom(bytes);
      const trimmed = await trimEmbeddings(database, bytes);
      if (!trimmed.ok) tell(trimmed.problem);
      await measure();
    },

    async clear(kind) {
      await clearing[kind]();
      await measure();
    },

    async askToPersist() {
      const isKept = await navigator.storage?.persist?.().catch(() => false);
      setPersistence(isKept ? 'persistent' : isKept === false ? 'refused' : 'unknown');
    },
  };
}
