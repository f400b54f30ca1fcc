import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';
import { plural } from '../../core/flow/format.ts';
import { describeAnnotationProblem } from '../../core/import/annotation-problem.ts';
import type { ImportedAnnotations } from '../../core/import/collect.ts';
import { describeImport } from '../../core/import/summary.ts';
import { countTemplates, type ObjectsOfClass } from '../../workshop/given-templates.ts';
import { useApp } from '../app-state.ts';
import { Button } from '../controls/Button.tsx';
import { Modal } from '../controls/Modal.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { openTemplate } from '../templates/open-template.ts';
import css from './ImportDialog.module.css';

/** A list of templates that nobody can look through is of no use. */
const MOST_TEMPLATES = 100;

/** What annotations hold, before anything is made of it. */
export function ImportDialog() {
  const app = useApp();
  const { imports } = app.workshop;
  const [how, setHow] = createSignal<ObjectsOfClass>('joined');
  createEffect(on(imports.found, () => setHow('joined')));
  const count = () => countTemplates(imports.found()?.classes ?? [], how());

  async function make(): Promise<void> {
    const first = await imports.makeTemplates(how());
    if (!first) return;
    app.go('templates');
    openTemplate(app, first);
  }

  return (
    <Modal
      title="Imported annotations"
      open={imports.found() !== null}
      onClose={() => imports.dismiss()}
      actions={
        <Show
          when={count() > 0}
          fallback={
            <Button kind="primary" onClick={() => imports.dismiss()}>
              Close
            </Button>
          }
        >
          <Button onClick={() => imports.dismiss()}>Leave out</Button>
          <Button kind="primary" onClick={() => void make()}>
            Make {plural(count(), 'template')}
          </Button>
        </Show>
      }
    >
      <Show when={imports.found()}>
        {(found) => <Findings found={found()} how={how()} onHow={setHow} />}
      </Show>
    </Modal>
  );
}

const MOST_NAMES = 50;

interface FindingsProps {
  found: ImportedAnnotations;
  how: ObjectsOfClass;
  onHow: (how: ObjectsOfClass) => void;
}

function Findings(props: FindingsProps) {
  const words = createMemo(() => describeImport(props.found));
  return (
    <div class={css.findings}>
      <p class={css.headline}>{words().headline}</p>
      <Show when={props.found.classes.length > 0}>
        <ul class={css.classes} aria-label="Classes">
          <For each={props.found.classes}>
            {({ className, masks }) => (
              <li>
                <span>{className}</span>
                <span class={css.quiet}>{plural(masks.size, 'photo')}</span>
              </li>
            )}
          </For>
        </ul>
        <Objects {...props} />
        <p class={css.quiet}>Photos without a mask get no variant of that template.</p>
      </Show>
      <Show when={words().leftOut.length > 0}>
        <details class={css.details} open={props.found.classes.length === 0}>
          <summary>Left out: {words().leftOut.join('; ')}.</summary>
          <ul class={css.list}>
            <For each={props.found.problems}>
              {(problem) => {
                const { message, next } = describeAnnotationProblem(problem);
                return (
                  <li>
                    {message} <span class={css.quiet}>{next}</span>
                  </li>
                );
              }}
            </For>
            <Show when={props.found.problemCount > props.found.problems.length}>
              <li>And {plural(props.found.problemCount - props.found.problems.length, 'more')}.</li>
            </Show>
            <For each={props.found.unknown.slice(0, MOST_NAMES)}>
              {(name) => <li>“{name}” is not in the dataset.</li>}
            </For>
            <Show when={props.found.unknown.length > MOST_NAMES}>
              <li>And {props.found.unknown.length - MOST_NAMES} more pictures.</li>
            </Show>
          </ul>
          <Show when={props.found.unknown.length > 0}>
            <p class={css.quiet}>Add these photos, then the annotations again.</p>
          </Show>
        </details>
      </Show>
    </div>
  );
}

/** What to make of several objects of a class on one photo, if there are any. */
function Objects(props: FindingsProps) {
  const most = () => Math.max(...props.found.classes.map(({ objects }) => objects.length));
  const apart = () => countTemplates(props.found.classes, 'apart');
  return (
    <Show
      when={most() > 1}
      fallback={<p class={css.quiet}>Each class becomes a template that brings its own masks.</p>}
    >
      <div class={css.objects}>
        <p>Up to {most()} objects of one class on a photo:</p>
        <Show
          when={apart() <= MOST_TEMPLATES}
          fallback={
            <p class={css.quiet}>
              They count as one mask. {apart()} templates, one for each, would be too many.
            </p>
          }
        >
          <Segmented
            label="Several objects of one class"
            value={props.how}
            options={[
              { value: 'joined', label: 'One mask together' },
              { value: 'apart', label: 'A template each' },
            ]}
            onChange={props.onHow}
          />
          <p class={css.quiet}>
            {props.how === 'joined'
              ? 'Each class becomes a template; edits go over all its objects at once, and annotations tell of one object with several parts.'
              : 'The largest object of each photo goes to the first template of its class, the next one to the second. Each has edits, variants and annotations of its own.'}
          </p>
        </Show>
      </div>
    </Show>
  );
}
