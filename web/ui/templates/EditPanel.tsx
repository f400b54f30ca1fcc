import { For } from 'solid-js';
import { EDIT_RANGES, type EditName, isNeutral } from '../../core/edits/edits.ts';
import { useApp } from '../app-state.ts';
import { Button } from '../controls/Button.tsx';
import { EditSlider } from '../controls/EditSlider.tsx';
import css from './EditPanel.module.css';

const EDIT_TEXT: Record<EditName, { label: string; hint: string }> = {
  brightness: { label: 'Brightness', hint: 'Adds light everywhere. −1 is black, 1 is white.' },
  contrast: { label: 'Contrast', hint: 'Spreads tones around middle grey. −1 is flat grey.' },
  gamma: { label: 'Gamma', hint: 'Positive lifts the shadows, negative deepens them.' },
  hue: { label: 'Hue', hint: 'Turns every colour around the wheel, in degrees.' },
  saturation: { label: 'Saturation', hint: '−1 is grey; positive is more colourful.' },
  sharpen: { label: 'Sharpen', hint: 'Strengthens edges one pixel wide.' },
  noise: { label: 'Noise', hint: 'Grain like a camera’s, the same every time.' },
  opacity: { label: 'Opacity', hint: 'How much of the edit shows: 0 is the original.' },
};

/** The eight edits of the active component. */
export function EditPanel() {
  const { editor } = useApp().workshop;
  const edits = () => editor.component().edits;
  return (
    <section class={css.section}>
      <div class={css.head}>
        <h2>Edits of “{editor.component().name}”</h2>
        <Button kind="quiet" disabled={isNeutral(edits())} onClick={() => editor.resetEdits()}>
          Reset
        </Button>
      </div>
      <For each={EDIT_RANGES}>
        {(range) => (
          <EditSlider
            range={range}
            label={EDIT_TEXT[range.name].label}
            hint={EDIT_TEXT[range.name].hint}
            value={edits()[range.name]}
            onChange={(value, settled) => editor.setEdit(range.name, value, settled)}
          />
        )}
      </For>
    </section>
  );
}
