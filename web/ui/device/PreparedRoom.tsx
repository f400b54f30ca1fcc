import { formatBytes, plural } from '../../core/flow/format.ts';
import { EMBEDDING_ROOMS, photosInRoom } from '../../core/segmentation/embedding-room.ts';
import { useApp } from '../app-state.ts';
import { Choice } from '../controls/Field.tsx';
import css from './DevicePlace.module.css';

/** How much prepared photos may take: room for a large dataset, or for other things. */
export function PreparedRoom() {
  const { storageMeter, photos } = useApp().workshop;
  const room = storageMeter.embeddingRoom;
  const fits = () => photosInRoom(room());
  const hint = () =>
    photos.list.length > fits()
      ? `Enough for ${plural(fits(), 'photo')} of the ${photos.list.length.toLocaleString('en')} in this dataset: the others are prepared again each time they are needed.`
      : `Enough for ${plural(fits(), 'photo')}. Beyond that, or when the device is full, those not used for longest go first.`;
  return (
    <div class={css.fields}>
      <Choice
        label="Prepared photos may take"
        value={String(room())}
        options={[...new Set([...EMBEDDING_ROOMS, room()])]
          .sort((a, b) => a - b)
          .map((bytes) => ({ value: String(bytes), label: formatBytes(bytes) }))}
        hint={hint()}
        onChange={(value) => void storageMeter.setEmbeddingRoom(Number(value))}
      />
    </div>
  );
}
