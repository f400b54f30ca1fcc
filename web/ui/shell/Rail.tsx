import Cpu from 'lucide-solid/icons/cpu';
import Keyboard from 'lucide-solid/icons/keyboard';
import Moon from 'lucide-solid/icons/moon';
import Shapes from 'lucide-solid/icons/shapes';
import Sun from 'lucide-solid/icons/sun';
import { Show } from 'solid-js';
import { useApp } from '../app-state.ts';
import { CommandIcon } from '../commands/CommandButton.tsx';
import css from './Rail.module.css';
import { theme } from './theme.ts';

/** Where one can go, at the left; on a tablet a bar at the foot. */
export function Rail() {
  const app = useApp();
  const engine = () => app.workshop.segmenter.state().kind;
  const isWorkshop = () => app.place() !== 'device';
  return (
    <nav class={css.rail} aria-label="Areas">
      <img class={css.logo} src="./icons/favicon.svg" alt="Maskwright" width="32" height="32" />
      <a
        class={css.area}
        href="#/photos"
        aria-current={isWorkshop() ? 'page' : undefined}
        classList={{ [css.here]: isWorkshop() }}
      >
        <Shapes size={20} />
        Workshop
      </a>
      <a
        class={css.area}
        href="#/device"
        aria-current={isWorkshop() ? undefined : 'page'}
        classList={{ [css.here]: !isWorkshop() }}
      >
        <span class={css.badged}>
          <Cpu size={20} />
          <Show when={engine() === 'failed'}>
            <span class={css.alarm} />
          </Show>
        </span>
        Device
      </a>
      <div class={css.foot}>
        <CommandIcon command="app.shortcuts">
          <Keyboard size={20} />
        </CommandIcon>
        <CommandIcon command="app.theme">
          <Show when={theme() === 'dark'} fallback={<Moon size={20} />}>
            <Sun size={20} />
          </Show>
        </CommandIcon>
      </div>
    </nav>
  );
}
