import Download from 'lucide-solid/icons/download';
import FileDown from 'lucide-solid/icons/file-down';
import ScanSearch from 'lucide-solid/icons/scan-search';
import Trash from 'lucide-solid/icons/trash';
import { createEffect, createMemo, createSignal, For, on, onCleanup, Show } from 'solid-js';
import { workloadText } from '../../core/dataset/workload.ts';
import { formatBytes, plural } from '../../core/flow/format.ts';
import { canAskWhere } from '../../files/save.ts';
import { useApp } from '../app-state.ts';
import { CommandButton } from '../commands/CommandButton.tsx';
import { Button } from '../controls/Button.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { ClearDialog } from './ClearDialog.tsx';
import { EmptyVariants } from './EmptyVariants.tsx';
import { ExportBar } from './ExportBar.tsx';
import { OutputOptions } from './OutputOptions.tsx';
import { RunBar } from './RunBar.tsx';
import { VariantCard } from './VariantCard.tsx';
import { VariantDialog } from './VariantDialog.tsx';
import css from './VariantsPlace.module.css';

type Filter = 'all' | 'done' | 'failed' | 'missing';

const FILTERS: readonly { value: Filter; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'done', label: 'Done' },
  { value: 'failed', label: 'Failed' },
  { value: 'missing', label: 'Not made' },
];

const FIRST_CARDS = 120;

/** Every photo × every template: what was made, what failed and why; and the ZIP. */
export function VariantsPlace() {
  const { photos, templates, variants, run } = useApp().workshop;
  const [filter, setFilter] = createSignal<Filter>('all');
  const [opened, setOpened] = createSignal<string | null>(null);
  const [clearing, setClearing] = createSignal(false);

  const shown = createMemo(() => {
    const wanted = filter();
    if (wanted === 'all') return variants.tasks();
    return variants
      .tasks()
      .filter(({ key }) => (variants.variantOf(key)?.status ?? 'missing') === wanted);
  });
  // Cards are made as one comes near them: thousands at once would take seconds.
  const [limit, setLimit] = createSignal(FIRST_CARDS);
  createEffect(on(filter, () => setLimit(FIRST_CARDS), { defer: true }));
  const growWhenSeen = (end: HTMLElement) => {
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry.isIntersecting) return;
        setLimit((cards) => cards + FIRST_CARDS);
        // Observed anew, it is looked at again: on a large screen it may still be in sight.
        observer.unobserve(end);
        observer.observe(end);
      },
      { rootMargin: '600px' },
    );
    observer.observe(end);
    onCleanup(() => observer.disconnect());
  };
  const { counts } = variants;
  const total = () => variants.tasks().length;
  const stillNeeded = () => (variants.averageBytes() ?? 0) * counts().missing;
  const hasResults = () => counts().done + counts().failed + variants.outdated() > 0;

  return (
    <div class={css.place}>
      <Show when={variants.loaded() && total() === 0}>
        <EmptyVariants />
      </Show>
      <Show when={total() > 0}>
        <div class={css.bar}>
          <p class={css.summary}>
            {counts().done} of {plural(total(), 'variant')} made
            <Show when={counts().failed > 0}>, {counts().failed} failed</Show>
            <Show when={variants.outdated() > 0}>
              {' '}
              · {plural(variants.outdated(), 'older result')} made with other settings
            </Show>
            <Show when={counts().missing > 0}>
              <span class={css.workload}>
                {workloadText(photos.list, templates.list)}
                <Show when={stillNeeded()}>
                  {(bytes) => <>; about {formatBytes(bytes())} more on this device</>}
                </Show>
              </span>
            </Show>
          </p>
          <Segmented label="Show" value={filter()} options={FILTERS} onChange={setFilter} />
          <OutputOptions />
          <Button
            kind="quiet"
            icon={<Trash size={16} />}
            disabled={!hasResults() || run.isWorking()}
            onClick={() => setClearing(true)}
          >
            Delete results
          </Button>
          <CommandButton command="health.check" icon={<ScanSearch size={20} />} />
          <Show when={canAskWhere()}>
            <CommandButton command="export.saveAs" kind="quiet" icon={<FileDown size={16} />} />
          </Show>
          <CommandButton
            command="export.zip"
            kind={counts().done === total() ? 'primary' : 'plain'}
            icon={<Download size={20} />}
          />
        </div>
        <RunBar />
        <ExportBar />
        <ul class={css.grid} aria-label="Variants">
          <For
            each={shown().slice(0, limit())}
            fallback={<li class={css.none}>Nothing of this kind. Choose “All” to see the rest.</li>}
          >
            {(task) => <VariantCard task={task} onOpen={() => setOpened(task.key)} />}
          </For>
          <Show when={shown().length > limit()}>
            <li class={css.more} ref={growWhenSeen}>
              {plural(shown().length - limit(), 'more variant')} below
            </li>
          </Show>
        </ul>
      </Show>
      <VariantDialog tasks={shown()} open={opened()} onOpen={setOpened} />
      <ClearDialog open={clearing()} onClose={() => setClearing(false)} />
    </div>
  );
}
