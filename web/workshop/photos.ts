import { type Accessor, createSignal } from 'solid-js';
import type { ImageProblem } from '../core/dataset/image-problem.ts';
import { DEFAULT_LIMITS, type ImportLimits, readLimits } from '../core/dataset/limits.ts';
import type { Photo } from '../core/dataset/photo.ts';
import { describeImageProblem } from '../core/dataset/problem-text.ts';
import { plural } from '../core/flow/format.ts';
import type { ImportItem } from '../files/import.ts';
import {
  delistPhotos,
  getThumbnail,
  listPhotos,
  putPhoto,
  relistPhotos,
} from '../storage/photos.ts';
import { describeStorageProblem } from '../storage/problem.ts';
import { getSetting, putSetting } from '../storage/settings.ts';
import type { Notices } from './notices.ts';
import type { Segmenter } from './segmenter.ts';
import type { Services } from './services.ts';

/** Told of every file that is a photo of the dataset, new or there already. */
export type OnPhoto = (path: string, photo: Photo, isNew: boolean) => void;

/** A file that did not become a photo, in words. */
export interface RefusedFile {
  readonly reason: ImageProblem['kind'];
  readonly name: string;
  readonly message: string;
  readonly next: string;
}

export interface ImportStatus {
  /** Files looked at so far; folders and archives are read as they come, so no total. */
  readonly seen: number;
  readonly added: number;
  readonly current: string;
}

export interface PhotoLibrary {
  readonly list: readonly Photo[];
  readonly loaded: Accessor<boolean>;
  readonly importing: Accessor<ImportStatus | null>;
  readonly refused: Accessor<readonly RefusedFile[]>;
  readonly limits: Accessor<ImportLimits>;
  setLimits(limits: ImportLimits): void;
  load(): Promise<void>;
  /** Reads files one after the other; a bad one is listed in `refused` and the rest goes on. */
  add(items: AsyncIterable<ImportItem>, onPhoto?: OnPhoto): Promise<void>;
  /** Takes files off `refused` that were refused for this reason. */
  forgive(reason: ImageProblem['kind']): void;
  cancelImport(): void;
  dismissRefused(): void;
  remove(hashes: readonly string[]): Promise<void>;
  byHash(hash: string | null): Photo | undefined;
  /** Address of a small picture for `<img>`; '' when there is none. */
  thumbnail(hash: string): Promise<string>;
}

const LIMITS_SETTING = 'limits';

/**
 * A file's bytes as our own: a `File` may only point at a disk that is unplugged later, or at a
 * file that changes. One that is too large is not read; it is refused for its size anyway.
 * @returns null when it cannot be read
 */
async function takeOver(file: Blob, maxBytes: number): Promise<Blob | null> {
  if (file.size > maxBytes) return file;
  try {
    return new Blob([await file.arrayBuffer()], { type: file.type });
  } catch {
    return null;
  }
}

export function createPhotoLibrary(
  services: Services,
  segmenter: Segmenter,
  notices: Notices,
): PhotoLibrary {
  const { database, pixels } = services;
  const [list, setList] = createSignal<readonly Photo[]>([]);
  const [loaded, setLoaded] = createSignal(false);
  const [importing, setImporting] = createSignal<ImportStatus | null>(null);
  const [refused, setRefused] = createSignal<readonly RefusedFile[]>([]);
  const [limits, setLimits] = createSignal<ImportLimits>(DEFAULT_LIMITS);
  const thumbnails = new Map<string, Promise<string>>();
  let isCancelled = false;
  let busy: Promise<void> = Promise.resolve();

  function refuse(name: string, problem: ImageProblem): void {
    setRefused((files) => [
      ...files,
      { name, reason: problem.kind, ...describeImageProblem(problem, name) },
    ]);
  }

  /** Returns why the file did not become a photo, or null when it did. */
  async function addOne(item: ImportItem, onPhoto?: OnPhoto): Promise<ImageProblem | null> {
    if (!item.ok) return item.problem;
    const path = item.folder ? `${item.folder}/${item.name}` : item.name;
    if (list().length >= limits().images) {
      return { kind: 'too-many-images', limit: limits().images };
    }
    const blob = await takeOver(item.blob, limits().fileBytes);
    if (!blob) return { kind: 'unreadable-file' };
    const inspected = await pixels.inspect(item.name, blob, limits());
    if (!inspected.ok) {
      const { problem } = inspected;
      return problem.kind === 'overtaken' || problem.kind === 'worker-crashed'
        ? { kind: 'out-of-memory' }
        : problem;
    }
    const { sha256, thumbnail, ...known } = inspected.value;
    const twin = list().find((photo) => photo.hash === sha256);
    if (twin) {
      onPhoto?.(path, twin, false);
      return { kind: 'duplicate', of: twin.name };
    }
    const order = (list().at(-1)?.order ?? -1) + 1;
    const photo: Photo = { ...known, hash: sha256, name: item.name, folder: item.folder, order };
    const kept = await putPhoto(database, photo, blob, thumbnail);
    if (!kept.ok) {
      const { problem } = kept;
      return problem.kind === 'storage-full' ? problem : { kind: 'not-saved', what: problem.kind };
    }
    thumbnails.set(sha256, Promise.resolve(URL.createObjectURL(thumbnail)));
    setList((photos) => [...photos, photo]);
    segmenter.encodeAhead([photo]);
    onPhoto?.(path, photo, true);
    return null;
  }

  async function addAll(items: AsyncIterable<ImportItem>, onPhoto?: OnPhoto): Promise<void> {
    isCancelled = false;
    // Asked for with the first photos, when the browser can see that it matters.
    void navigator.storage?.persist?.();
    let seen = 0;
    let added = 0;
    setImporting({ seen, added, current: '' });
    try {
      for await (const item of items) {
        if (isCancelled) break;
        setImporting({ seen, added, current: item.name });
        const problem = await addOne(item, onPhoto);
        if (problem) refuse(item.name, problem);
        else added++;
        seen++;
      }
    } finally {
      setImporting(null);
    }
    if (added > 0) notices.show({ tone: 'success', message: `${plural(added, 'photo')} added.` });
  }

  return {
    get list() {
      return list();
    },
    loaded,
    importing,
    refused,
    limits,

    setLimits(next) {
      setLimits(next);
      void putSetting(database, LIMITS_SETTING, next).then((kept) => {
        if (!kept.ok) notices.show({ tone: 'error', ...describeStorageProblem(kept.problem) });
      });
    },

    async load() {
      const setting = await getSetting(database, LIMITS_SETTING);
      if (setting.ok) setLimits(readLimits(setting.value));
      const stored = await listPhotos(database);
      if (stored.ok) {
        setList(stored.value);
        segmenter.encodeAhead(stored.value);
      } else {
        notices.show({ tone: 'error', ...describeStorageProblem(stored.problem) });
      }
      setLoaded(true);
    },

    add(items, onPhoto) {
      // A second drop while the first is being read waits for its turn.
      busy = busy.then(() => addAll(items, onPhoto));
      return busy;
    },

    forgive(reason) {
      setRefused((files) => files.filter((file) => file.reason !== reason));
    },

    cancelImport() {
      isCancelled = true;
    },

    dismissRefused() {
      setRefused([]);
    },

    async remove(hashes) {
      const gone = new Set(hashes);
      const removed = list().filter((photo) => gone.has(photo.hash));
      if (removed.length === 0) return;
      setList((photos) => photos.filter((photo) => !gone.has(photo.hash)));
      segmenter.forget(hashes);
      await delistPhotos(database, hashes);
      notices.show({
        tone: 'info',
        message: `${plural(removed.length, 'photo')} removed.`,
        action: {
          label: 'Undo',
          run: async () => {
            const back = await relistPhotos(database, removed);
            if (!back.ok) {
              notices.show({ tone: 'error', ...describeStorageProblem(back.problem) });
              return;
            }
            setList((photos) => [...photos, ...removed].sort((a, b) => a.order - b.order));
          },
        },
      });
    },

    byHash: (hash) => list().find((photo) => photo.hash === hash),

    thumbnail(hash) {
      let url = thumbnails.get(hash);
      if (!url) {
        url = getThumbnail(database, hash).then((read) =>
          read.ok && read.value ? URL.createObjectURL(read.value) : '',
        );
        thumbnails.set(hash, url);
      }
      return url;
    },
  };
}
