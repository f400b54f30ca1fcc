import { For, Match, Show, Switch } from 'solid-js';
import { formatBytes } from '../../core/flow/format.ts';
import { describeEngineProblem, describeEngineReport } from '../../workshop/engine-text.ts';
import { useApp } from '../app-state.ts';
import { Button } from '../controls/Button.tsx';
import { ProgressBar } from '../controls/ProgressBar.tsx';
import { CloudModels } from './CloudModels.tsx';
import css from './DevicePlace.module.css';
import { LimitsForm } from './LimitsForm.tsx';
import { Quality } from './Quality.tsx';
import { StorageRetention } from './StorageRetention.tsx';
import { StorageSection } from './StorageSection.tsx';

/** What runs the model here, what is kept here, and what may come in. */
export function DevicePlace() {
  const { segmenter, services } = useApp().workshop;
  const state = segmenter.state;
  const report = () => {
    const current = state();
    return current.kind === 'ready' ? current : null;
  };
  const problem = () => {
    const current = state();
    return current.kind === 'failed' ? describeEngineProblem(current.problem) : null;
  };
  const loading = () => {
    const current = state();
    return current.kind === 'starting' ? current : null;
  };

  return (
    <div class={css.place}>
      <h1>Device</h1>
      <section class={css.section}>
        <h2>Segmentation</h2>
        <Switch>
          <Match when={report()}>
            {(ready) => (
              <dl class={css.facts}>
                <For
                  each={[
                    ['State', 'Ready, works without a network'],
                    ['Runs on', describeEngineReport(ready().report, ready().many)],
                    ['Engine', `onnxruntime-web ${ready().report.engine}`],
                    ['Model', services.engine.id],
                    [
                      'Proof',
                      `reproduces a known mask, ${(ready().goldenIou * 100).toFixed(1)} % overlap`,
                    ],
                    ['Started in', `${(ready().report.startMs / 1000).toFixed(1)} s`],
                  ]}
                >
                  {([name, value]) => (
                    <>
                      <dt>{name}</dt>
                      <dd>{value}</dd>
                    </>
                  )}
                </For>
              </dl>
            )}
          </Match>
          <Match when={loading()}>
            {(progress) => (
              <div class={css.loading} role="status">
                <p>
                  Loading the model, once: {formatBytes(progress().loaded)}
                  <Show when={progress().total > 0}> of {formatBytes(progress().total)}</Show>
                </p>
                <ProgressBar
                  label="Loading the model"
                  share={progress().total > 0 ? progress().loaded / progress().total : null}
                />
              </div>
            )}
          </Match>
          <Match when={problem()}>
            {(text) => (
              <div class={css.problem} role="alert">
                <p>{text().message}</p>
                <p>{text().next}</p>
                <Button kind="primary" onClick={() => void segmenter.start()}>
                  Try again
                </Button>
              </div>
            )}
          </Match>
        </Switch>
      </section>
      <Quality />
      <StorageSection />
      <StorageRetention />
      <LimitsForm />
      <CloudModels />
      <p class={css.quiet}>{services.appVersion} · Photos never leave this device.</p>
    </div>
  );
}
