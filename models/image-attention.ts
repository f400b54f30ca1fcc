import { type GraphParts, operation, outputOf, type Weight } from './graph-parts.ts';
import { linearLayer } from './linear-layers.ts';
import { permute } from './permute.ts';

/** Attention between tokens and image in the mask decoder: 8 heads of 16 channels. */
const HEADS = 8;
const DEPTH = 16;
const CHANNELS = 256;
const CELLS = 64 * 64;
/** Scores are divided by the root of a head's channels. */
const SCALE = 1 / Math.sqrt(DEPTH);

const BOTH_LAYERS = ['/transformer/layers.0', '/transformer/layers.1'];
const TO_IMAGE = [
  ...BOTH_LAYERS.map((layer) => `${layer}/cross_attn_token_to_image`),
  '/transformer/final_attn_token_to_image',
];
const TO_TOKENS = BOTH_LAYERS.map((layer) => `${layer}/cross_attn_image_to_token`);

/**
 * Attends between a few tokens and 4096 image cells without projecting the image. The decoder
 * multiplies every cell with the matrices of queries, keys, values and results first, 256 × 128
 * numbers each, and then with a few tokens. Products of matrices may be taken in any order: here
 * the matrices are multiplied with the tokens, of which there are about seven, and what comes of
 * it, some 56 columns, with the cells. With seven tokens that is less than half of the work, with
 * 16 the same, and always the same result but for rounding.
 *
 * The image stays one row a cell, [4096, 256], from the embedding to the last layer.
 *
 * @throws Error when a node or weight is not there
 */
export function attendWithoutProjecting(parts: GraphParts): void {
  keepImageInRows(parts);
  for (const name of TO_IMAGE) attendToImage(parts, name);
  for (const name of TO_TOKENS) attendToTokens(parts, name);
}

/** Adds a matrix [256, heads × depth] as [heads, 256, depth]. */
function addByHead(parts: GraphParts, as: string, { values }: Weight): string {
  const ofHeads = permute(values, [CHANNELS, HEADS, DEPTH], [1, 0, 2]);
  return parts.addWeight(as, [HEADS, CHANNELS, DEPTH], ofHeads);
}

/** The same as [heads, depth, 256]. */
function addByHeadTurned(parts: GraphParts, as: string, { values }: Weight): string {
  const ofHeads = permute(values, [CHANNELS, HEADS, DEPTH], [1, 2, 0]);
  return parts.addWeight(as, [HEADS, DEPTH, CHANNELS], ofHeads);
}

/** The embedding and the places of its cells as rows, without the loop over a batch of one. */
function keepImageInRows(parts: GraphParts): void {
  const image = parts.node('/transformer/Transpose');
  const places = parts.node('/transformer/Transpose_1');
  const withMask = parts.node('/Add_7');
  const [, mask = ''] = withMask.input ?? [];
  const sum = outputOf(withMask);
  const rows = outputOf(image);
  parts.replace(withMask, [operation('Add', ['image_embeddings', mask], sum)]);
  parts.replace(image, [
    operation('Reshape', [sum, parts.shape([CHANNELS, CELLS])], `${rows}/planes`),
    operation('Transpose', [`${rows}/planes`], rows, { perm: [1, 0] }),
  ]);
  const encoding = outputOf(parts.node('/pe_layer/Concat'));
  parts.replace(places, [
    operation('Reshape', [encoding, parts.shape([CELLS, CHANNELS])], outputOf(places)),
  ]);
}

/**
 * Tokens look at the image: softmax(q (x Wk + bk)ᵀ) (x Wv + bv) is softmax((q Wkᵀ) xᵀ) x Wv + bv.
 * A number that is the same for all cells, q bk, does not change a softmax, and its rows sum to 1.
 */
function attendToImage(parts: GraphParts, name: string): void {
  const query = linearLayer(parts, `${name}/q_proj`);
  const key = linearLayer(parts, `${name}/k_proj`);
  const value = linearLayer(parts, `${name}/v_proj`);
  const out = parts.node(`${name}/out_proj/MatMul`);
  const at = (step: string) => `${name}/rows/${step}`;
  const keys = addByHeadTurned(parts, at('keys'), key.matrix);
  const values = addByHead(parts, at('values'), value.matrix);
  const { shape } = parts;
  parts.replace(out, [
    ...heads(parts, query.output, at('query')),
    operation('MatMul', [at('query'), keys], at('looks')),
    operation('Reshape', [at('looks'), shape([-1, CHANNELS])], at('looks/rows')),
    operation('Gemm', [at('looks/rows'), key.input], at('scores'), { transB: 1, alpha: SCALE }),
    operation('Softmax', [at('scores')], at('shares'), { axis: -1 }),
    operation('MatMul', [at('shares'), value.input], at('seen')),
    operation('Reshape', [at('seen'), shape([HEADS, -1, CHANNELS])], at('seen/heads')),
    operation('MatMul', [at('seen/heads'), values], at('heads')),
    operation('Transpose', [at('heads')], at('tokens'), { perm: [1, 0, 2] }),
    operation('Reshape', [at('tokens'), shape([1, -1, HEADS * DEPTH])], at('joined')),
    operation('Add', [at('joined'), value.bias.name], at('result')),
    { ...out, input: [at('result'), ...(out.input ?? []).slice(1)] },
  ]);
}

/** The image looks at the tokens: softmax((x Wq + bq) kᵀ) v Wo is softmax(x (Wq kᵀ) + bq kᵀ) (v Wo). */
function attendToTokens(parts: GraphParts, name: string): void {
  const query = linearLayer(parts, `${name}/q_proj`);
  const key = linearLayer(parts, `${name}/k_proj`);
  const value = linearLayer(parts, `${name}/v_proj`);
  const out = linearLayer(parts, `${name}/out_proj`);
  const at = (step: string) => `${name}/rows/${step}`;
  const queries = addByHead(parts, at('queries'), query.matrix);
  const bias = parts.addWeight(at('bias'), [HEADS, 1, DEPTH], query.bias.values);
  const results = parts.addWeight(at('results'), [HEADS, DEPTH, CHANNELS], out.matrix.values);
  const { shape } = parts;
  parts.replace(out.sum, [
    operation('Reshape', [key.output, shape([-1, HEADS, DEPTH])], at('key/tokens')),
    operation('Transpose', [at('key/tokens')], at('key'), { perm: [1, 2, 0] }),
    operation('MatMul', [queries, at('key')], at('looks')),
    operation('Transpose', [at('looks')], at('looks/turned'), { perm: [1, 0, 2] }),
    operation('Reshape', [at('looks/turned'), shape([CHANNELS, -1])], at('looks/columns')),
    operation('MatMul', [bias, at('key')], at('offsets')),
    operation('Reshape', [at('offsets'), shape([1, -1])], at('offsets/columns')),
    operation('Gemm', [query.input, at('looks/columns'), at('offsets/columns')], at('scores'), {
      alpha: SCALE,
      beta: SCALE,
    }),
    operation('Reshape', [at('scores'), shape([CELLS, HEADS, -1])], at('scores/heads')),
    operation('Softmax', [at('scores/heads')], at('shares/heads'), { axis: -1 }),
    operation('Reshape', [at('shares/heads'), shape([CELLS, -1])], at('shares')),
    ...heads(parts, value.output, at('value')),
    operation('MatMul', [at('value'), results], at('told')),
    operation('Reshape', [at('told'), shape([-1, CHANNELS])], at('told/rows')),
    operation('Gemm', [at('shares'), at('told/rows'), out.bias.name], out.output),
  ]);
}

/** Tokens [1, n, heads × depth] as [heads, n, depth]. */
function heads(parts: GraphParts, tokens: string, as: string) {
  return [
    operation('Reshape', [tokens, parts.shape([-1, HEADS, DEPTH])], `${as}/tokens`),
    operation('Transpose', [`${as}/tokens`], as, { perm: [1, 0, 2] }),
  ];
}
