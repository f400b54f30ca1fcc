import { Dialog } from '@kobalte/core/dialog';
import X from 'lucide-solid/icons/x';
import type { JSX } from 'solid-js';
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
            <div class={css.body}>{props.children}</div>
            {props.actions && <footer class={css.footer}>{props.actions}</footer>}
          </Dialog.Content>
        </div>
      </Dialog.Portal>
    </Dialog>
  );
}
