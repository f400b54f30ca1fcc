import Plus from 'lucide-solid/icons/plus';
import { createMemo, Show } from 'solid-js';
import { MAX_NAME } from '../../core/dataset/names.ts';
import type { Template } from '../../core/dataset/template.ts';
import { PLACEMENTS, type Placement } from '../../core/transfer/placement.ts';
import { useApp } from '../app-state.ts';
import { CommandButton } from '../commands/CommandButton.tsx';
import { Choice, Field } from '../controls/Field.tsx';
import { ComponentList } from './ComponentList.tsx';
import { EditPanel } from './EditPanel.tsx';
import css from './Inspector.module.css';
import { TemplateList } from './TemplateList.tsx';

const PLACEMENT_TEXT: Record<Placement, { label: string; hint: string }> = {
  'same-place': {
    label: 'Same place',
    hint: 'The clicks are repeated at the same place of every photo. Good for series from one camera position.',
  },
  'centre-point': {
    label: 'Object in the centre',
    hint: 'One click in the middle of every photo. Good when the object is always centred.',
  },
  'whole-image': {
    label: 'Whole image',
    hint: 'Every pixel of every photo; nothing is segmented.',
  },
  'given-masks': {
    label: 'Imported masks',
    hint: 'Each photo has its own mask, as imported. Photos without a mask get no variant.',
  },
};

/** Imported masks stay what they are; a template of clicks has none to choose. */
function placementsFor({ given }: Template): readonly Placement[] {
  return PLACEMENTS.filter((value) => (value === 'given-masks') === (given !== undefined));
}

/** Template, component and edits of what is on the canvas. */
export function Inspector() {
  const app = useApp();
  const { editor, templates } = app.workshop;
  const obstacle = createMemo(() =>
    app.saveTried() || templates.isSaved(editor.draft().id)
      ? templates.obstacle(editor.draft())
      : null,
  );
  const errorOf = (field: 'name' | 'className') => {
    const found = obstacle();
    return found?.field === field ? found.message : undefined;
  };
  const isSaved = () => templates.isSaved(editor.draft().id);
  const classes = () => [...new Set(templates.list.map(({ className }) => className))];

  return (
    <aside class={css.inspector} aria-label="Inspector">
      <section class={css.section}>
        <div class={css.head}>
          <h2>Templates</h2>
          <CommandButton command="template.new" kind="quiet" icon={<Plus size={16} />}>
            New
          </CommandButton>
        </div>
        <TemplateList />
      </section>
      <section class={css.section}>
        <h2>{isSaved() ? 'This template' : 'New template'}</h2>
        <Field
          label="Name"
          value={editor.draft().name}
          placeholder="red monster"
          maxLength={MAX_NAME}
          error={errorOf('name')}
          onInput={editor.rename}
          onLeave={editor.settle}
        />
        <Field
          label="Class"
          value={editor.draft().className}
          placeholder="monster"
          maxLength={MAX_NAME}
          error={errorOf('className')}
          suggestions={classes()}
          onInput={editor.setClass}
          onLeave={editor.settle}
        />
        <Choice
          label="On other photos"
          value={editor.draft().placement}
          options={placementsFor(editor.draft()).map((value) => ({
            value,
            label: PLACEMENT_TEXT[value].label,
          }))}
          hint={PLACEMENT_TEXT[editor.draft().placement].hint}
          onChange={editor.setPlacement}
        />
        <Show
          when={!isSaved()}
          fallback={
            <p class={css.saved}>
              {obstacle() ? 'Not saved until this is put right.' : 'Saved; changes are kept.'}
            </p>
          }
        >
          <CommandButton command="template.save" kind="primary" />
        </Show>
      </section>
      <ComponentList />
      <EditPanel />
    </aside>
  );
}
