import CircleCheck from 'lucide-solid/icons/circle-check';
import Info from 'lucide-solid/icons/info';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import X from 'lucide-solid/icons/x';
import { For, Match, Show, Switch } from 'solid-js';
import { useApp } from '../app-state.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import css from './NoticeList.module.css';

/** Messages at the foot of the screen: what happened, what to do, and a way to do it. */
export function NoticeList() {
  const { notices } = useApp().workshop;
  return (
    <div class={css.list} role="status" aria-live="polite">
      <For each={notices.list()}>
        {(notice) => (
          <div class={`${css.notice} ${css[notice.tone]}`}>
            <Switch>
              <Match when={notice.tone === 'error'}>
                <TriangleAlert size={20} />
              </Match>
              <Match when={notice.tone === 'success'}>
                <CircleCheck size={20} />
              </Match>
              <Match when={notice.tone === 'info'}>
                <Info size={20} />
              </Match>
            </Switch>
            <div class={css.text}>
              <p>{notice.message}</p>
              <Show when={notice.next}>
                <p class={css.next}>{notice.next}</p>
              </Show>
            </div>
            <Show when={notice.action}>
              {(action) => (
                <Button
                  kind="quiet"
                  onClick={() => {
                    notices.dismiss(notice.id);
                    action().run();
                  }}
                >
                  {action().label}
                </Button>
              )}
            </Show>
            <IconButton label="Dismiss" onClick={() => notices.dismiss(notice.id)}>
              <X size={16} />
            </IconButton>
          </div>
        )}
      </For>
    </div>
  );
}
