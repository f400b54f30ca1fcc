import FolderInput from 'lucide-solid/icons/folder-input';
import { PROJECT_EXTENSION } from '../../files/import.ts';
import { useApp } from '../app-state.ts';
import { Button } from '../controls/Button.tsx';

/** Takes a project file; dropping it anywhere, or adding it with photos, does the same. */
export function OpenProjectButton() {
  const { project } = useApp().workshop;
  let file!: HTMLInputElement;
  return (
    <>
      <input
        ref={file}
        type="file"
        accept={PROJECT_EXTENSION}
        class="visually-hidden"
        tabIndex={-1}
        aria-label="Project file"
        onChange={(event) => {
          const [chosen] = event.currentTarget.files ?? [];
          if (chosen) void project.offer(chosen);
          event.currentTarget.value = '';
        }}
      />
      <Button
        icon={<FolderInput size={20} />}
        disabled={project.progress() !== null}
        onClick={() => file.click()}
      >
        Open project…
      </Button>
    </>
  );
}
