import { type GraphParts, operation, outputOf } from './graph-parts.ts';
import type { GraphNode } from './onnx.ts';
import { permute } from './permute.ts';

/** Cells of the embedding along a side; two steps double it to 256. */
const SIDE = 64;
const MASKS = 4;
/** Channels before, between and after the two steps. */
const [BEFORE, BETWEEN, AFTER] = [256, 64, 32];

const LAYERS = '/output_upscaling/output_upscaling';

/**
 * Enlarges the image four times on rows of channels, [cells, channels]. A transposed convolution
 * whose kernel is as large as its step writes every result once, so it is one product of
 * matrices, and the normalization after it finds a cell's channels side by side. Only the four
 * masks are laid out as pictures in the end, instead of the 96 planes on the way.
 * @throws Error when a node or weight is not there
 */
export function upscaleInRows(parts: GraphParts): void {
  const at = (step: string) => `/output_upscaling/rows/${step}`;

  const first = parts.node(`${LAYERS}.0/ConvTranspose`);
  const normalized = parts.node(`${LAYERS}.1/Add_1`);
  const [scale = ''] = parts.node(`${LAYERS}.1/Mul`).input ?? [];
  const [, shift = ''] = normalized.input ?? [];
  const [image = ''] = parts.node('/Transpose').input ?? [];
  parts.replace(normalized, [
    ...double(parts, first, image, at('between'), BEFORE, BETWEEN),
    operation(
      'LayerNormalization',
      [at('between'), flat(parts, scale, at('scale')), flat(parts, shift, at('shift'))],
      outputOf(normalized),
      { axis: -1, epsilon: 1e-6 },
    ),
  ]);

  const second = parts.node(`${LAYERS}.3/ConvTranspose`);
  const [between = ''] = second.input ?? [];
  parts.replace(second, double(parts, second, between, outputOf(second), BETWEEN, AFTER));

  const [weights = ''] = parts.node('/MatMul_1').input ?? [];
  const features = outputOf(parts.node(`${LAYERS}.4/Mul_1`));
  const masks = parts.node('/Reshape_9');
  // Row, column, then row and column inside the cell, then inside its quarter.
  const cells = parts.shape([MASKS, SIDE, SIDE, 2, 2, 2, 2]);
  const rowsThenColumns = { perm: [0, 1, 3, 5, 2, 4, 6] };
  parts.replace(masks, [
    operation('Reshape', [weights, parts.shape([MASKS, AFTER])], at('weights')),
    operation('Gemm', [at('weights'), features], at('masks'), { transB: 1 }),
    operation('Reshape', [at('masks'), cells], at('cells')),
    operation('Transpose', [at('cells')], at('pictures'), rowsThenColumns),
    operation(
      'Reshape',
      [at('pictures'), parts.shape([1, MASKS, 4 * SIDE, 4 * SIDE])],
      outputOf(masks),
    ),
  ]);
}

/** Rows [cells, from] as rows [4 × cells, to]: the four parts of a cell follow each other. */
function double(
  parts: GraphParts,
  convolution: GraphNode,
  rows: string,
  as: string,
  from: number,
  to: number,
): GraphNode[] {
  const [, kernel = '', bias = ''] = convolution.input ?? [];
  const matrix = permute(parts.weight(kernel).values, [from, to, 2, 2], [0, 2, 3, 1]);
  const { values } = parts.weight(bias);
  const biases = Float32Array.from({ length: 4 * to }, (_, i) => values[i % to]);
  return [
    operation(
      'Gemm',
      [
        rows,
        parts.addWeight(`${as}/matrix`, [from, 4 * to], matrix),
        parts.addWeight(`${as}/bias`, [4 * to], biases),
      ],
      `${as}/parts`,
    ),
    operation('Reshape', [`${as}/parts`, parts.shape([-1, to])], as),
  ];
}

/** A number a channel, without the sides of one pixel. */
function flat(parts: GraphParts, weight: string, as: string): string {
  const { values } = parts.weight(weight);
  return parts.addWeight(as, [values.length], values);
}
