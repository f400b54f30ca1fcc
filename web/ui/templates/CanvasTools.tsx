import CircleMinus from 'lucide-solid/icons/circle-minus';
import CirclePlus from 'lucide-solid/icons/circle-plus';
import Eraser from 'lucide-solid/icons/eraser';
import Maximize from 'lucide-solid/icons/maximize';
import PanelRight from 'lucide-solid/icons/panel-right';
import Redo2 from 'lucide-solid/icons/redo-2';
import Undo2 from 'lucide-solid/icons/undo-2';
import ZoomIn from 'lucide-solid/icons/zoom-in';
import ZoomOut from 'lucide-solid/icons/zoom-out';
import { createMemo, Show } from 'solid-js';
import { useApp } from '../app-state.ts';
import { CommandIcon } from '../commands/CommandButton.tsx';
import { IconButton } from '../controls/Button.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { CandidateSteps } from './CandidateSteps.tsx';
import css from './CanvasTools.module.css';

/** What the moment needs, floating at the edge of the photo. */
export function CanvasTools() {
  const app = useApp();
  const { editor } = app.workshop;
  const hasMask = createMemo(() =>
    editor.answers.list.some(({ kind }) => kind === 'segmented' || kind === 'whole-image'),
  );
  return (
    <>
      <div class={`${css.bar} ${css.top}`}>
        <CommandIcon command="mask.include" pressed={app.tool() === 'include'}>
          <CirclePlus size={20} />
        </CommandIcon>
        <CommandIcon command="mask.exclude" pressed={app.tool() === 'exclude'}>
          <CircleMinus size={20} />
        </CommandIcon>
        <span class={css.gap} />
        <CommandIcon command="edit.undo">
          <Undo2 size={20} />
        </CommandIcon>
        <CommandIcon command="edit.redo">
          <Redo2 size={20} />
        </CommandIcon>
        <CommandIcon command="mask.clear">
          <Eraser size={20} />
        </CommandIcon>
        <CandidateSteps />
        <Show when={hasMask()}>
          <span class={css.gap} />
          <Segmented
            label="Show"
            value={editor.viewMode()}
            options={[
              { value: 'mask', label: 'Mask' },
              { value: 'result', label: 'Result' },
            ]}
            onChange={editor.setViewMode}
          />
        </Show>
      </div>
      <div class={`${css.bar} ${css.corner}`}>
        <CommandIcon command="view.zoomOut">
          <ZoomOut size={20} />
        </CommandIcon>
        <CommandIcon command="view.fit">
          <Maximize size={20} />
        </CommandIcon>
        <CommandIcon command="view.zoomIn">
          <ZoomIn size={20} />
        </CommandIcon>
        <IconButton
          class={css.sheet}
          label={app.inspectorOpen() ? 'Hide the inspector' : 'Show the inspector'}
          pressed={app.inspectorOpen()}
          onClick={() => app.setInspectorOpen(!app.inspectorOpen())}
        >
          <PanelRight size={20} />
        </IconButton>
      </div>
    </>
  );
}
