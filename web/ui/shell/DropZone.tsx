import ImageDown from 'lucide-solid/icons/image-down';
import { createSignal, type JSX, onCleanup, Show } from 'solid-js';
import { fromDataTransfer } from '../../files/import/from-drop.ts';
import { useApp } from '../app-state.ts';
import css from './DropZone.module.css';

/** Files may be dropped or pasted anywhere. */
export function DropZone(props: { children: JSX.Element }) {
  const app = useApp();
  const [isOver, setIsOver] = createSignal(false);
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;

  function add(items: DataTransferItemList): void {
    app.go('photos');
    const { fileBytes } = app.workshop.photos.limits();
    void app.workshop.imports.add(fromDataTransfer(items, fileBytes));
  }

  const onPaste = (event: ClipboardEvent) => {
    const items = event.clipboardData?.items;
    if (items && [...items].some(({ kind }) => kind === 'file')) {
      event.preventDefault();
      add(items);
    }
  };
  addEventListener('paste', onPaste);
  onCleanup(() => removeEventListener('paste', onPaste));

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; buttons do the same
    <div
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) setIsOver(false);
      }}
      onDrop={(event) => {
        if (!event.dataTransfer || !hasFiles(event)) return;
        event.preventDefault();
        setIsOver(false);
        add(event.dataTransfer.items);
      }}
    >
      {props.children}
      <Show when={isOver()}>
        <div class={css.cover}>
          <div class={css.target}>
            <ImageDown size={40} stroke-width={1.5} />
            Drop photos, annotations, folders or a ZIP to add them
          </div>
        </div>
      </Show>
    </div>
  );
}
