import ChevronLeft from 'lucide-solid/icons/chevron-left';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import { createMemo, createResource, createSignal, onCleanup, Show } from 'solid-js';
import type { VariantTask } from '../../core/dataset/tasks.ts';
import { partsText } from '../../core/edits/edit-text.ts';
import { useApp } from '../app-state.ts';
import { IconButton } from '../controls/Button.tsx';
import { Modal } from '../controls/Modal.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { variantName } from './sample-name.ts';
import css from './VariantDialog.module.css';

type Side = 'after' | 'before' | 'mask';

interface VariantDialogProps {
  tasks: readonly VariantTask[];
  /** Key of the variant that is shown. */
  open: string | null;
  onOpen: (key: string | null) => void;
}

/** One variant in full size: after, before, and its mask; arrows go through the others. */
export function VariantDialog(props: VariantDialogProps) {
  const { variants } = useApp().workshop;
  const [side, setSide] = createSignal<Side>('after');
  const task = createMemo(() => props.tasks.find(({ key }) => key === props.open));
  const made = createMemo(() =>
    props.tasks.filter(({ key }) => variants.variantOf(key)?.status === 'done'),
  );

  const title = () => {
    const current = task();
    return current ? variantName(current) : '';
  };
  const edits = () => {
    const current = task();
    if (!current) return '';
    return partsText(
      current.template.components.map(({ name }, index) => ({ name, edits: current.edits[index] })),
    );
  };

  const [url] = createResource(
    () => {
      const current = task();
      return current && { task: current, side: side() };
    },
    ({ task, side }) => variants.fullSize(task, side),
    { initialValue: '' },
  );
  // The address of a full-size picture holds its bytes, so it is given back.
  let last = '';
  createMemo(() => {
    const next = url.latest;
    if (last && last !== next) URL.revokeObjectURL(last);
    last = next;
  });
  onCleanup(() => last && URL.revokeObjectURL(last));

  const step = (by: number) => {
    const list = made();
    const at = list.findIndex(({ key }) => key === props.open);
    const next = list[(at + by + list.length) % list.length];
    if (next) props.onOpen(next.key);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (props.open === null || (event.target as HTMLElement).closest('[role="group"]')) return;
    if (event.key === 'ArrowLeft') step(-1);
    if (event.key === 'ArrowRight') step(1);
  };
  addEventListener('keydown', onKeyDown);
  onCleanup(() => removeEventListener('keydown', onKeyDown));

  return (
    <Modal title={title()} open={task() !== undefined} wide onClose={() => props.onOpen(null)}>
      <div class={css.body}>
        <div class={css.bar}>
          <IconButton label="Previous variant" onClick={() => step(-1)}>
            <ChevronLeft size={20} />
          </IconButton>
          <Segmented
            label="Show"
            value={side()}
            options={[
              { value: 'before', label: 'Before' },
              { value: 'after', label: 'After' },
              { value: 'mask', label: 'Mask' },
            ]}
            onChange={setSide}
          />
          <IconButton label="Next variant" onClick={() => step(1)}>
            <ChevronRight size={20} />
          </IconButton>
        </div>
        <p class={css.edits}>{edits()}</p>
        <Show when={url.latest} fallback={<div class={css.picture} />}>
          <img class={css.picture} src={url.latest} alt={`${side()} of ${task()?.photo.name}`} />
        </Show>
      </div>
    </Modal>
  );
}
