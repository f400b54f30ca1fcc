import Download from 'lucide-solid/icons/download';
import Trash from 'lucide-solid/icons/trash';
import { createMemo, createSignal, For, Show } from 'solid-js';
import { plural } from '../../core/flow/format.ts';
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

/** Every photo × every template: what was made, what failed and why; and the ZIP. */
export function VariantsPlace() {
  const { variants } = useApp().workshop;
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
  const { counts } = variants;
  const total = () => variants.tasks().length;
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
          </p>
          <Segmented label="Show" value={filter()} options={FILTERS} onChange={setFilter} />
          <OutputOptions />
          <Button
            kind="quiet"
            icon={<Trash size={16} />}
            disabled={!hasResults()}
            onClick={() => setClearing(true)}
          >
            Delete results
          </Button>
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
            each={shown()}
            fallback={<li class={css.none}>Nothing of this kind. Choose “All” to see the rest.</li>}
          >
            {(task) => <VariantCard task={task} onOpen={() => setOpened(task.key)} />}
          </For>
        </ul>
      </Show>
      <VariantDialog tasks={shown()} open={opened()} onOpen={setOpened} />
      <ClearDialog open={clearing()} onClose={() => setClearing(false)} />
    </div>
  );
}
