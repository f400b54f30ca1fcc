import Hourglass from 'lucide-solid/icons/hourglass';
import { createEffect, createSignal, onCleanup } from 'solid-js';
import { plural } from '../../core/flow/format.ts';
import type { Reminder } from '../../workshop/retention.ts';
import { useApp } from '../app-state.ts';
import { CommandButton } from '../commands/CommandButton.tsx';
import { Button } from '../controls/Button.tsx';
import { Modal } from '../controls/Modal.tsx';
import css from './StorageReminder.module.css';

/** On the screen for this long in a tab that is looked at, a reminder counts as seen. */
const SEEN_MS = 2000;

/** Says what will be removed and when, with the three things one can do about it. */
export function StorageReminder(props: { reminder: Reminder }) {
  const { retention } = useApp().workshop;
  const [isAsking, setIsAsking] = createSignal(false);
  const [isVisible, setIsVisible] = createSignal(document.visibilityState === 'visible');
  const onVisibility = () => setIsVisible(document.visibilityState === 'visible');
  document.addEventListener('visibilitychange', onVisibility);
  onCleanup(() => document.removeEventListener('visibilitychange', onVisibility));

  createEffect(() => {
    if (!props.reminder.isNew || !isVisible()) return;
    const timer = setTimeout(() => void retention.seen(), SEEN_MS);
    onCleanup(() => clearTimeout(timer));
  });

  const what = () => {
    const { variants, photos } = props.reminder;
    const parts = [
      ...(photos > 0 ? [plural(photos, 'photo')] : []),
      ...(variants > 0 ? [plural(variants, 'variant')] : []),
    ];
    return parts.join(' and ');
  };
  const when = () =>
    new Date(props.reminder.removeAt).toLocaleDateString('en', {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    });

  return (
    <section class={css.banner} aria-label="Reminder">
      <Hourglass size={20} />
      <div class={css.text} role="status">
        <p>
          {what()} will be removed from this device, from {when()} on.
        </p>
        <p class={css.quiet}>
          That is how long you chose to keep them. <a href="#/device">Change it</a>
        </p>
      </div>
      <div class={css.actions}>
        <Button kind="primary" onClick={() => void retention.keep()}>
          Keep
        </Button>
        <CommandButton command="export.zip" />
        <Button kind="danger" onClick={() => setIsAsking(true)}>
          Remove now…
        </Button>
      </div>
      <Modal
        title="Remove now?"
        open={isAsking()}
        onClose={() => setIsAsking(false)}
        actions={
          <>
            <Button onClick={() => setIsAsking(false)}>Keep for now</Button>
            <Button
              kind="danger"
              onClick={() => {
                void retention.removeNow();
                setIsAsking(false);
              }}
            >
              Remove {what()}
            </Button>
          </>
        }
      >
        <p>
          Variants are deleted for good; as long as their photos and templates are here, they can be
          generated again. Removed photos can be brought back for a few seconds.
        </p>
      </Modal>
    </section>
  );
}
