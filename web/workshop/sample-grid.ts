import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { samplesOf } from '../core/dataset/tasks.ts';
import type { Edits } from '../core/edits/edits.ts';
import { getFile } from '../storage/photos.ts';
import type { Editor } from './editor/editor.ts';
import { answersKey, layersOn } from './editor/shown-edits.ts';
import type { Services } from './services.ts';

/** One variant that a template would make of the photo on screen. */
export interface SampleCell {
  /** From 0. */
  readonly sample: number;
  /** Ranges as drawn, one per component. */
  readonly edits: readonly Edits[];
  /** The picture, small; null until it is made. */
  readonly bitmap: ImageBitmap | null;
}

export interface SampleGrid {
  readonly cells: Accessor<readonly SampleCell[]>;
  /** How many of the cells have their picture, while they are being made; else null. */
  readonly made: Accessor<number | null>;
  /** Why there is nothing to show, or ''. */
  readonly problem: Accessor<string>;
  /** Ends the work; what is made stays. */
  stop(): void;
}

/** Longest side of a picture in the grid. */
const CELL_SIDE = 480;

/**
 * All variants of the photo on screen, made small and one after the other with the real edits; made
 * anew when edits, mask, photo or seed change. Lives as long as the owner it is created under.
 */
export function createSampleGrid(
  { database, pixels }: Pick<Services, 'database' | 'pixels'>,
  editor: Editor,
  seed: Accessor<number>,
): SampleGrid {
  const [cells, setCells] = createSignal<readonly SampleCell[]>([]);
  const [made, setMade] = createSignal<number | null>(null);
  const [problem, setProblem] = createSignal('');
  let turn = 0;

  function replaceAll(next: readonly SampleCell[]): void {
    const old = cells();
    setCells(next);
    for (const { bitmap } of old) bitmap?.close();
  }

  async function pictureOf(
    cell: SampleCell,
    isCurrent: () => boolean,
  ): Promise<ImageBitmap | null> {
    const photo = editor.photo();
    if (!photo) return null;
    const file = await getFile(database, photo.hash);
    if (!file.ok || !file.value) return null;
    const source = { hash: photo.hash, blob: file.value };
    const layers = await layersOn(editor, editor.draft(), photo, cell.sample, cell.edits);
    while (isCurrent()) {
      const shown = await pixels.preview(source, layers, CELL_SIDE);
      if (shown.ok) return shown.value.bitmap;
      // The canvas behind asked in between; it is done by now.
      if (shown.problem.kind !== 'overtaken') return null;
    }
    return null;
  }

  async function make(): Promise<void> {
    const mine = ++turn;
    const isCurrent = () => mine === turn;
    const photo = editor.photo();
    replaceAll([]);
    setProblem('');
    if (!photo) return;
    const parts = samplesOf(photo, editor.draft(), { seed: seed() });
    const list = parts.map((edits, sample): SampleCell => ({ sample, edits, bitmap: null }));
    replaceAll(list);
    setMade(0);
    for (const cell of list) {
      const bitmap = await pictureOf(cell, isCurrent);
      if (!isCurrent()) {
        bitmap?.close();
        return;
      }
      if (!bitmap) {
        setProblem('This photo could not be shown. Try again, or choose another one.');
        break;
      }
      setCells((all) => all.map((one) => (one.sample === cell.sample ? { ...one, bitmap } : one)));
      setMade((count) => (count ?? 0) + 1);
    }
    setMade(null);
  }

  const stop = () => {
    turn += 1;
    setMade(null);
  };

  createEffect(
    on(
      () => JSON.stringify([editor.photo()?.hash, editor.draft(), answersKey(editor), seed()]),
      () => void make(),
    ),
  );
  onCleanup(() => {
    stop();
    replaceAll([]);
  });
  return { cells, made, problem, stop };
}
