import { createEffect } from 'solid-js';
import { sizeOf } from '../../core/dataset/variant.ts';
import { sampleRle } from '../../core/mask/rle-sample.ts';
import { rleFromText } from '../../core/mask/rle-text.ts';
import { useApp } from '../app-state.ts';
import { COMPONENT_COLOURS, paintMask } from '../canvas/paint-mask.ts';
import css from './FindingCard.module.css';

/** As large as thumbnails are: more would not be seen. */
const SIDE = 320;

/** The mask of a variant over its photo's thumbnail, drawn from run lengths at that size. */
export function MaskOverlay(props: { variant: string; photo: string }) {
  const { photos, variants } = useApp().workshop;
  let canvas!: HTMLCanvasElement;
  createEffect(() => {
    const variant = variants.variantOf(props.variant);
    const photo = photos.byHash(props.photo);
    if (variant?.status !== 'done' || !photo) return;
    const runs = rleFromText(variant.maskRle);
    if (!runs.ok) return;
    const scale = SIDE / Math.max(photo.width, photo.height);
    const side = (length: number) => Math.max(1, Math.round(length * scale));
    const target = { width: side(photo.width), height: side(photo.height) };
    const mask = sampleRle(runs.value, sizeOf(variant, photo), target);
    canvas.width = target.width;
    canvas.height = target.height;
    canvas.getContext('2d')?.putImageData(paintMask(mask, COMPONENT_COLOURS[0]), 0, 0);
  });
  return <canvas ref={canvas} class={css.overlay} />;
}
