import { createMemo, For, Show } from 'solid-js';
import { plural } from '../../core/flow/format.ts';
import { describeAnnotationProblem } from '../../core/import/annotation-problem.ts';
import type { ImportedAnnotations } from '../../core/import/collect.ts';
import { describeImport } from '../../core/import/summary.ts';
import { useApp } from '../app-state.ts';
import { Button } from '../controls/Button.tsx';
import { Modal } from '../controls/Modal.tsx';
import { openTemplate } from '../templates/open-template.ts';
import css from './ImportDialog.module.css';

/** What annotations hold, before anything is made of it. */
export function ImportDialog() {
  const app = useApp();
  const { imports } = app.workshop;
  const count = () => imports.found()?.classes.length ?? 0;

  async function make(): Promise<void> {
    const first = await imports.makeTemplates();
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
      <Show when={imports.found()}>{(found) => <Findings found={found()} />}</Show>
    </Modal>
  );
}

const MOST_NAMES = 50;

function Findings(props: { found: ImportedAnnotations }) {
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
        <p class={css.quiet}>
          Each class becomes a template that brings its own masks. Several objects of a class on one
          photo count as one mask. Photos without a mask get no variant of that template.
        </p>
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
