import { useApp } from '../app-state.ts';
import { Button } from '../controls/Button.tsx';
import { Modal } from '../controls/Modal.tsx';

/** Deleting results cannot be undone, so it asks. */
export function ClearDialog(props: { open: boolean; onClose: () => void }) {
  const { variants } = useApp().workshop;
  return (
    <Modal
      title="Delete all results?"
      open={props.open}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={() => props.onClose()}>Keep them</Button>
          <Button
            kind="danger"
            onClick={() => {
              void variants.clear();
              props.onClose();
            }}
          >
            Delete results
          </Button>
        </>
      }
    >
      <p>
        Variants and masks made so far, older ones included, are removed from this device. Photos
        and templates stay, so everything can be generated again.
      </p>
    </Modal>
  );
}
