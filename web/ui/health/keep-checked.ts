import { createEffect, onCleanup } from 'solid-js';
import type { Workshop } from '../../workshop/workshop.ts';

/** Changes that come one after another (a run, several photos removed) are one check. */
const QUIET_MS = 700;

/** While its owner is on the screen, the dataset is checked again after every change. */
export function keepChecked({ health, photos, variants, run }: Workshop): void {
  createEffect(() => {
    if (!photos.loaded() || !variants.loaded() || run.isWorking() || !health.isStale()) return;
    const timer = setTimeout(() => void health.check(), health.report() ? QUIET_MS : 0);
    onCleanup(() => clearTimeout(timer));
  });
}
