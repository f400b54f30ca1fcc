import { Dialog } from '@kobalte/core/dialog';
import X from 'lucide-solid/icons/x';
import { createSignal, type JSX, onCleanup } from 'solid-js';
import css from './Modal.module.css';

interface ModalProps {
  title: string;
  open: boolean;
  wide?: boolean;
  onClose: () => void;
  children: JSX.Element;
  /** Buttons at the foot. */
  actions?: JSX.Element;
}

/** A dialog over the app: Escape and a click outside close it, and the focus goes back. */
export function Modal(props: ModalProps) {
  let opener: Element | null = null;
  return (
    <Dialog open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay class={css.overlay} />
        <div class={css.positioner}>
          <Dialog.Content
            class={css.content}
            classList={{ [css.wide]: props.wide === true }}
            onOpenAutoFocus={() => {
              opener = document.activeElement;
            }}
            onCloseAutoFocus={(event) => {
              // Kobalte knows only its own trigger, and most dialogs are opened by a command.
              if (!(opener instanceof HTMLElement)) return;
              event.preventDefault();
              opener.focus();
            }}
          >
            <header class={css.header}>
              <Dialog.Title as="h1" class={css.title}>
                {props.title}
              </Dialog.Title>
              <Dialog.CloseButton class={css.close} aria-label="Close">
                <X size={20} />
              </Dialog.CloseButton>
            </header>
            <ModalBody>{props.children}</ModalBody>
            {props.actions && <footer class={css.footer}>{props.actions}</footer>}
          </Dialog.Content>
        </div>
      </Dialog.Portal>
    </Dialog>
  );
}

/** The part that scrolls when it must: then it is a tab stop, so that arrow keys reach its end. */
function ModalBody(props: { children: JSX.Element }) {
  const [overflows, setOverflows] = createSignal(false);
  function watch(body: HTMLDivElement): void {
    const look = () => setOverflows(body.scrollHeight > body.clientHeight);
    const watcher = new ResizeObserver(look);
    watcher.observe(body);
    queueMicrotask(() => {
      for (const child of body.children) watcher.observe(child);
    });
    onCleanup(() => watcher.disconnect());
  }
  return (
    <div class={css.body} ref={watch} tabindex={overflows() ? 0 : undefined}>
      {props.children}
    </div>
  );
}
