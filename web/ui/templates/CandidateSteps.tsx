import ChevronLeft from 'lucide-solid/icons/chevron-left';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import { createMemo, Show } from 'solid-js';
import { useApp } from '../app-state.ts';
import { CommandIcon } from '../commands/CommandButton.tsx';
import css from './CandidateSteps.module.css';

/** SAM gives four masks for one question; this goes through them by size. */
export function CandidateSteps() {
  const { editor } = useApp().workshop;
  const place = createMemo((): Place | null => {
    const answer = editor.answers.list[editor.active()];
    if (answer?.kind !== 'segmented' || !editor.isReference()) return null;
    const { candidates, chosen } = answer.segmentation;
    const bySize = [...candidates].sort((a, b) => a.areaShare - b.areaShare);
    const at = bySize.findIndex(({ index }) => index === chosen);
    const { isHurried } = answer;
    return { at: at + 1, of: bySize.length, share: bySize[at].areaShare, isHurried };
  });
  return (
    <Show when={place()}>
      {(current) => (
        <div class={css.steps}>
          <CommandIcon command="mask.smaller">
            <ChevronLeft size={20} />
          </CommandIcon>
          <span
            class={css.text}
            classList={{ [css.hurried]: current().isHurried }}
            title={titleOf(current())}
          >
            {current().at} / {current().of}
            {current().isHurried ? ' …' : ''}
          </span>
          <CommandIcon command="mask.larger">
            <ChevronRight size={20} />
          </CommandIcon>
        </div>
      )}
    </Show>
  );
}

interface Place {
  readonly at: number;
  readonly of: number;
  /** 0…1 */
  readonly share: number;
  readonly isHurried: boolean;
}

function titleOf({ at, of, share, isHurried }: Place): string {
  const place = `Mask ${at} of ${of} by size; ${percent(share)} of the photo`;
  return isHurried ? `${place}; a finer one is being made` : place;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
