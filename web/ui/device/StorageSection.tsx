import { createEffect, createSignal, For, on, onCleanup, Show } from 'solid-js';
import { formatBytes } from '../../core/flow/format.ts';
import type { StorageKind } from '../../workshop/storage-meter.ts';
import { useApp } from '../app-state.ts';
import { Button } from '../controls/Button.tsx';
import device from './DevicePlace.module.css';
import { PreparedRoom } from './PreparedRoom.tsx';
import { StorageClearDialog } from './StorageClearDialog.tsx';
import css from './StorageSection.module.css';
import { PERSISTENCE_TEXT, STORAGE_KINDS, STORAGE_TEXT } from './storage-text.ts';

/** Changes in quick succession (a run, an import) are weighed together. */
const PAUSE_MS = 800;

/** What is kept on this device, how much it takes, and how each part can be cleared. */
export function StorageSection() {
  const { storageMeter, photos, templates, variants, segmenter, exporter, run } = useApp().workshop;
  const { reading, persistence } = storageMeter;
  const [asked, setAsked] = createSignal<StorageKind | null>(null);

  // Whatever changes what is kept; the first weighing is at once.
  createEffect(
    on(
      () => [
        photos.list,
        templates.list.length,
        variants.counts(),
        segmenter.waiting(),
        exporter.progress() === null,
        photos.loaded() && variants.loaded(),
      ],
      () => {
        const timer = setTimeout(() => void storageMeter.measure(), reading() ? PAUSE_MS : 0);
        onCleanup(() => clearTimeout(timer));
      },
    ),
  );

  const kinds = () => STORAGE_KINDS.filter((kind) => (reading()?.amounts[kind].bytes ?? 0) > 0);
  /** What a run or a download under way still needs. */
  const isBusy = (kind: StorageKind) =>
    (run.isWorking() && kind !== 'archives') || exporter.progress() !== null;

  return (
    <section class={device.section} aria-label="Kept on this device">
      <h2>Kept on this device</h2>
      <Show when={reading()} fallback={<p class={css.quiet}>Weighing what is kept…</p>}>
        {(now) => (
          <>
            <p class={css.head}>
              <span class={css.total}>{formatBytes(now().total)}</span>
              <span class={css.quiet}>
                <Show
                  when={now().room}
                  fallback="This browser does not say how much more there is room for."
                >
                  {(room) => `room for ${formatBytes(room())} more`}
                </Show>
              </span>
            </p>
            <div class={css.bar} aria-hidden="true">
              <For each={kinds()}>
                {(kind) => (
                  <span class={css[kind]} style={{ 'flex-grow': now().amounts[kind].bytes }} />
                )}
              </For>
            </div>
            <ul class={css.list}>
              <For
                each={kinds()}
                fallback={
                  <li class={css.quiet}>Nothing yet. Photos that you add are kept here.</li>
                }
              >
                {(kind) => (
                  <li class={css.row}>
                    <span class={`${css.dot} ${css[kind]}`} />
                    <div>
                      <p>
                        {STORAGE_TEXT[kind].name}
                        <span class={css.quiet}>
                          {' '}
                          · {now().amounts[kind].count.toLocaleString('en')}
                        </span>
                      </p>
                      <p class={css.what}>{STORAGE_TEXT[kind].what}</p>
                    </div>
                    <span class={css.size}>{formatBytes(now().amounts[kind].bytes)}</span>
                    <Button
                      kind="quiet"
                      aria-label={STORAGE_TEXT[kind].clear}
                      title={STORAGE_TEXT[kind].clear}
                      disabled={isBusy(kind)}
                      onClick={() => setAsked(kind)}
                    >
                      Clear…
                    </Button>
                  </li>
                )}
              </For>
            </ul>
          </>
        )}
      </Show>
      <PreparedRoom />
      <div class={css.keep}>
        <p>{PERSISTENCE_TEXT[persistence()]}</p>
        <Show when={persistence() === 'best-effort' || persistence() === 'refused'}>
          <Button onClick={() => void storageMeter.askToPersist()}>Ask to keep it</Button>
        </Show>
      </div>
      <StorageClearDialog kind={asked()} onClose={() => setAsked(null)} />
    </section>
  );
}
