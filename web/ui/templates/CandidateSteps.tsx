import ChevronLeft from 'lucide-solid/icons/chevron-left';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import { createMemo, Show } from 'solid-js';
import { useApp } from '../app-state.ts';
import { CommandIcon } from '../commands/CommandButton.tsx';
import css from './CandidateSteps.module.css';

/** SAM gives four masks for one question; this goes through them by size. */
export function CandidateSteps() {
  const { editor } = useApp().workshop;
  const place = createMemo(() => {
    const answer = editor.answers.list[editor.active()];
    if (answer?.kind !== 'segmented' || !editor.isReference()) return null;
    const { candidates, chosen } = answer.segmentation;
    const bySize = [...candidates].sort((a, b) => a.areaShare - b.areaShare);
    const at = bySize.findIndex(({ index }) => index === chosen);
    return { at: at + 1, of: bySize.length, share: bySize[at].areaShare };
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
            title={`Mask ${current().at} of ${current().of} by size; ${percent(current().share)} of the photo`}
          >
            {current().at} / {current().of}
          </span>
          <CommandIcon command="mask.larger">
            <ChevronRight size={20} />
          </CommandIcon>
        </div>
      )}
    </Show>
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
