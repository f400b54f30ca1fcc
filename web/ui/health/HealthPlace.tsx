import ArrowLeft from 'lucide-solid/icons/arrow-left';
import Download from 'lucide-solid/icons/download';
import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import { createMemo, For, Match, Show, Switch } from 'solid-js';
import { SECTIONS, sectionOf } from '../../core/dataset/health-text.ts';
import { plural } from '../../core/flow/format.ts';
import { useApp } from '../app-state.ts';
import { CommandButton } from '../commands/CommandButton.tsx';
import { Button } from '../controls/Button.tsx';
import { CheckBar } from './CheckBar.tsx';
import { ClassTable } from './ClassTable.tsx';
import { FindingSection } from './FindingSection.tsx';
import css from './HealthPlace.module.css';
import { keepChecked } from './keep-checked.ts';
import { NothingFound } from './NothingFound.tsx';

/** A page of pictures: everything that deserves a look before the dataset is exported. */
export function HealthPlace() {
  const app = useApp();
  const { health, photos, run } = app.workshop;
  keepChecked(app.workshop);

  const sections = createMemo(() =>
    SECTIONS.map((id) => ({
      id,
      findings: health.findings().filter((finding) => sectionOf(finding) === id),
    })).filter(({ findings }) => findings.length > 0),
  );
  const summary = () => {
    const report = health.report();
    if (!report) return '';
    if (report.judged + report.compared === 0) return '';
    const count = health.findings().length;
    const found = count === 0 ? 'Nothing to look at' : `${plural(count, 'thing')} to look at`;
    return `${found} · ${plural(report.judged, 'variant')} and ${plural(report.compared, 'photo')} checked`;
  };
  const isEmpty = () => photos.loaded() && photos.list.length === 0;

  return (
    <div class={css.place}>
      <div class={css.bar}>
        <Button kind="quiet" icon={<ArrowLeft size={16} />} onClick={() => app.go('variants')}>
          Variants
        </Button>
        <div class={css.title}>
          <h1>Check the dataset</h1>
          <p class={css.summary}>{summary()}</p>
        </div>
        <Show when={health.dismissed() > 0}>
          <Button kind="quiet" onClick={() => health.restore()}>
            Show {health.dismissed()} dismissed
          </Button>
        </Show>
        <Button
          icon={<RotateCcw size={16} />}
          disabled={health.progress() !== null || isEmpty()}
          onClick={() => void health.check()}
        >
          Check again
        </Button>
        <CommandButton command="export.zip" icon={<Download size={20} />} />
      </div>
      <Show when={health.progress()}>{(progress) => <CheckBar progress={progress()} />}</Show>
      <Show when={health.problem()}>
        {(text) => (
          <div class={css.problem} role="alert">
            <div>
              <p>{text().message}</p>
              <p class={css.why}>{text().next}</p>
            </div>
            <Button onClick={() => void health.check()}>Check again</Button>
          </div>
        )}
      </Show>
      <Switch>
        <Match when={isEmpty()}>
          <section class={css.empty}>
            <h2>Nothing to check yet</h2>
            <p>Add photos and generate variants; what deserves a look is shown here.</p>
            <CommandButton command="go.photos" kind="primary">
              Go to Photos
            </CommandButton>
          </section>
        </Match>
        <Match when={sections().length > 0}>
          <p class={css.keys}>
            <kbd>←</kbd> <kbd>→</kbd> <kbd>↑</kbd> <kbd>↓</kbd> go from picture to picture,{' '}
            <kbd>Enter</kbd> opens, <kbd>D</kbd> dismisses, <kbd>Delete</kbd> removes the photo.
          </p>
          <For each={sections()}>
            {(section) => <FindingSection id={section.id} findings={section.findings} />}
          </For>
        </Match>
        <Match when={health.report()}>{(report) => <NothingFound report={report()} />}</Match>
        <Match when={run.isWorking()}>
          <section class={css.empty}>
            <h2>Variants are being made</h2>
            <p>The dataset is checked by itself once that has ended.</p>
            <CommandButton command="go.variants" kind="primary">
              Go to Variants
            </CommandButton>
          </section>
        </Match>
      </Switch>
      <Show when={(health.report()?.classes.length ?? 0) > 0 && !isEmpty()}>
        <section class={css.section}>
          <h2>Classes</h2>
          <ClassTable classes={health.report()?.classes ?? []} />
        </section>
      </Show>
    </div>
  );
}
