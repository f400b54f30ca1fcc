import FolderOpen from 'lucide-solid/icons/folder-open';
import ImagePlus from 'lucide-solid/icons/image-plus';
import Sparkles from 'lucide-solid/icons/sparkles';
import { useApp } from '../app-state.ts';
import { CommandButton } from '../commands/CommandButton.tsx';
import { Button } from '../controls/Button.tsx';
import css from './EmptyPhotos.module.css';
import { OpenProjectButton } from './OpenProjectButton.tsx';

/** What the Workshop is for, and the first thing to do. */
export function EmptyPhotos() {
  const app = useApp();
  return (
    <section class={css.empty}>
      <h1>Make a dataset from your photos</h1>
      <ol class={css.steps}>
        <li>
          <strong>Photos.</strong> Add pictures of the object.
        </li>
        <li>
          <strong>Templates.</strong> Click the object once; choose what to change.
        </li>
        <li>
          <strong>Variants.</strong> Every photo gets the change, with its mask. Download the ZIP.
        </li>
      </ol>
      <div class={css.actions}>
        <CommandButton command="photos.add" kind="primary" icon={<ImagePlus size={20} />} />
        <CommandButton command="photos.folder" icon={<FolderOpen size={20} />} />
        <OpenProjectButton />
        <Button icon={<Sparkles size={20} />} onClick={() => app.addSamples()}>
          Try with sample photos
        </Button>
      </div>
      <p class={css.hint}>
        Or drop photos, folders or a ZIP anywhere, or paste a picture. JPEG, PNG and WebP, with
        their annotations if there are any: COCO, YOLO, VOC, CVAT, Datumaro, mask PNGs. Nothing
        leaves this device.
      </p>
    </section>
  );
}
