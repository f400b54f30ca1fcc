import { For, Show } from 'solid-js';
import { splitPhotos } from '../../core/export/annotations/splits.ts';
import {
  ANNOTATION_FORMATS,
  type AnnotationFormat,
  type OutputSettings,
} from '../../core/export/recipe.ts';
import { useApp } from '../app-state.ts';
import { Button } from '../controls/Button.tsx';
import { Modal } from '../controls/Modal.tsx';
import { HealthLine } from '../health/HealthLine.tsx';
import css from './ExportDialog.module.css';
import { CheckField, RangeField, SeedField } from './option-fields.tsx';
import { PictureOptions } from './PictureOptions.tsx';

const ANNOTATIONS: Readonly<Record<AnnotationFormat, { label: string; hint: string }>> = {
  coco: {
    label: 'COCO',
    hint: 'JSON with exact masks, whole and for each split.',
  },
  yolo: {
    label: 'YOLO segmentation',
    hint: 'A folder for Ultralytics. Holds a second copy of every picture.',
  },
  voc: {
    label: 'Pascal VOC',
    hint: 'Class masks and boxes. Holds another copy of every picture.',
  },
  cvat: {
    label: 'CVAT',
    hint: 'XML with exact masks, to upload to CVAT with the pictures.',
  },
  datumaro: {
    label: 'Datumaro',
    hint: 'JSON with exact masks for each split. Holds another copy of every picture.',
  },
};

/** What goes into the ZIP beside the variants, and how. Every change is kept at once. */
export function ExportDialog(props: { open: boolean; onClose: () => void }) {
  const { photos, variants } = useApp().workshop;
  const output = variants.output;
  const change = (some: Partial<OutputSettings>) => variants.setOutput({ ...output(), ...some });
  const toggle = (format: AnnotationFormat, wanted: boolean) =>
    change({
      annotations: ANNOTATION_FORMATS.filter((one) =>
        one === format ? wanted : output().annotations.includes(one),
      ),
    });

  /** How many photos the share comes to. */
  const splitText = () => {
    const { splits, seed } = output();
    const hashes = photos.list.map(({ hash }) => hash);
    const val = [...splitPhotos(hashes, splits, seed).values()].filter((one) => one === 'val');
    return hashes.length === 1
      ? 'There is one photo, so there is nothing to divide.'
      : `${val.length} of ${hashes.length} photos; all variants of a photo stay together.`;
  };

  return (
    <Modal
      title="Export options"
      open={props.open}
      onClose={props.onClose}
      actions={
        <Button kind="primary" onClick={() => props.onClose()}>
          Done
        </Button>
      }
    >
      <div class={css.groups}>
        <HealthLine onLeave={props.onClose} />
        <fieldset class={css.group}>
          <legend>Pictures</legend>
          <PictureOptions output={output()} onChange={change} />
          <CheckField
            label="Mask files"
            hint="A black and white PNG beside each variant."
            checked={output().masks}
            onChange={(masks) => change({ masks })}
          />
          <CheckField
            label="Overlays"
            hint="A small JPEG of each variant with its mask drawn over it, to check by eye."
            checked={output().overlays}
            onChange={(overlays) => change({ overlays })}
          />
        </fieldset>
        <fieldset class={css.group}>
          <legend>Annotations</legend>
          <For each={ANNOTATION_FORMATS}>
            {(format) => (
              <>
                <CheckField
                  {...ANNOTATIONS[format]}
                  checked={output().annotations.includes(format)}
                  onChange={(wanted) => toggle(format, wanted)}
                />
                <Show when={format === 'coco'}>
                  <div class={css.nested}>
                    <CheckField
                      label="COCO polygons"
                      hint="Instead of run lengths: one polygon a part, holes cut to its border. Some tools read nothing else."
                      disabled={!output().annotations.includes('coco')}
                      checked={output().cocoSegmentation === 'polygons'}
                      onChange={(on) => change({ cocoSegmentation: on ? 'polygons' : 'rle' })}
                    />
                  </div>
                </Show>
              </>
            )}
          </For>
        </fieldset>
        <fieldset class={css.group}>
          <legend>Training and validation</legend>
          <RangeField
            label="Photos for validation"
            unit=" %"
            min={0}
            max={100}
            value={Math.round(output().splits.val * 100)}
            hint={splitText()}
            onChange={(percent) =>
              change({ splits: { train: (100 - percent) / 100, val: percent / 100 } })
            }
          />
          <SeedField value={output().seed} onChange={(seed) => change({ seed })} />
        </fieldset>
      </div>
    </Modal>
  );
}
