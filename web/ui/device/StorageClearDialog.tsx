import type { StorageKind } from '../../workshop/storage-meter.ts';
import { useApp } from '../app-state.ts';
import { Button } from '../controls/Button.tsx';
import { Modal } from '../controls/Modal.tsx';
import { STORAGE_TEXT } from './storage-text.ts';

/** Asks before something is cleared, and says what is lost and what can be made again. */
export function StorageClearDialog(props: { kind: StorageKind | null; onClose: () => void }) {
  const { storageMeter } = useApp().workshop;
  // What it asks stays on the screen while the dialog closes.
  let last: StorageKind = 'archives';
  const text = () => {
    last = props.kind ?? last;
    return STORAGE_TEXT[last];
  };
  return (
    <Modal
      title={`${text().clear}?`}
      open={props.kind !== null}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={() => props.onClose()}>Keep</Button>
          <Button
            kind="danger"
            onClick={() => {
              if (props.kind) void storageMeter.clear(props.kind);
              props.onClose();
            }}
          >
            {text().clear}
          </Button>
        </>
      }
    >
      <p>{text().lost}</p>
    </Modal>
  );
}
