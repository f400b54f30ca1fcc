import EyeOff from 'lucide-solid/icons/eye-off';
import { createMemo, createSignal, For, Match, Show, Switch } from 'solid-js';
import type { BalanceFinding, Finding } from '../../core/dataset/health.ts';
import { describeBalance, SECTION_TEXT, type SectionId } from '../../core/dataset/health-text.ts';
import { plural } from '../../core/flow/format.ts';
import { useApp } from '../app-state.ts';
import { CommandButton } from '../commands/CommandButton.tsx';
import { Button } from '../controls/Button.tsx';
import { DuplicateCard } from './DuplicateCard.tsx';
import { FindingCard } from './FindingCard.tsx';
import css from './HealthPlace.module.css';

/** Cards shown at first, and how many more with each press: a picture each. */
const PAGE = 48;

/** Everything of one kind: what it is, why it matters, and a picture of each. */
export function FindingSection(props: { id: SectionId; findings: readonly Finding[] }) {
  const { health } = useApp().workshop;
  const [most, setMost] = createSignal(PAGE);
  const shown = createMemo(() => props.findings.slice(0, most()));
  const hidden = () => props.findings.length - shown().length;
  return (
    <section class={css.section} aria-label={SECTION_TEXT[props.id].title}>
      <header class={css.head}>
        <div>
          <h2>
            {SECTION_TEXT[props.id].title}
            <span class={css.count}>{props.findings.length.toLocaleString('en')}</span>
          </h2>
          <p class={css.why}>{SECTION_TEXT[props.id].why}</p>
        </div>
        <Show when={props.id === 'failed'}>
          <CommandButton command="run.retry" />
        </Show>
        <Show when={props.findings.length > 1}>
          <Button
            kind="quiet"
            icon={<EyeOff size={16} />}
            aria-label={`Dismiss all: ${SECTION_TEXT[props.id].title}`}
            onClick={() => health.dismiss(...props.findings.map(({ id }) => id))}
          >
            Dismiss all
          </Button>
        </Show>
      </header>
      <ul class={css.grid}>
        <For each={shown()}>
          {(finding) => (
            <Switch>
              <Match when={finding.kind === 'duplicates' && finding}>
                {(group) => <DuplicateCard finding={group()} />}
              </Match>
              <Match when={finding.kind === 'balance' && finding}>
                {(remark) => <BalanceCard finding={remark()} />}
              </Match>
              <Match when={(finding.kind === 'mask' || finding.kind === 'failed') && finding}>
                {(place) => <FindingCard finding={place()} />}
              </Match>
            </Switch>
          )}
        </For>
      </ul>
      <Show when={hidden() > 0}>
        <Button onClick={() => setMost(most() + PAGE)}>
          Show {plural(Math.min(PAGE, hidden()), 'more', 'more')} of {hidden()}
        </Button>
      </Show>
    </section>
  );
}

function BalanceCard(props: { finding: BalanceFinding }) {
  const { health } = useApp().workshop;
  const text = () => describeBalance(props.finding.remark);
  return (
    <li class={css.remark}>
      <div>
        <p>{text().message}</p>
        <p class={css.why}>{text().next}</p>
      </div>
      <Button kind="quiet" onClick={() => health.dismiss(props.finding.id)}>
        Dismiss
      </Button>
    </li>
  );
}
