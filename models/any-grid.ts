import { dropUnreached, graphOf } from './graph.ts';
import { graphParts } from './graph-parts.ts';
import { type LinearLayers, runAsGemm } from './linear-layers.ts';
import type { GraphNode, GraphValue, Model } from './onnx.ts';
import { createShapeNodes, type ShapeNodes } from './shape-nodes.ts';

/**
 * The stages of TinyViT that attend in windows, by number in the graph: `cell` photo pixels a
 * feature, windows of `window` × `window` features, `channels` in `heads` heads.
 */
const STAGES = [
  { stage: 1, blocks: 2, cell: 8, window: 7, channels: 128, heads: 4 },
  { stage: 2, blocks: 6, cell: 16, window: 14, channels: 160, heads: 5 },
  { stage: 3, blocks: 2, cell: 16, window: 7, channels: 320, heads: 10 },
] as const;

type Stage = (typeof STAGES)[number];

/** Query, key and value of one head have 32 channels each. */
const HEAD_CHANNELS = 3 * 32;

/** A tensor that fixes the size: of which node, which of its inputs, and what it becomes. */
type FixedShape = readonly [node: string, input: number, shape: string];

/**
 * Makes MobileSAM's encoder take any grid: [1, 3, height, width] with sides that are multiples
 * of 16 in, [1, 256, height / 16, width / 16] out. The network has no absolute positions, only
 * shape constants that the export wrote down for 1024 × 1024; here they are computed in the
 * graph from the input's shape, once a stage. At 1024 × 1024 it computes what it did before.
 * @throws Error when a node that has to be changed is not there.
 */
export function acceptAnyGrid(model: Model): void {
  const graph = graphOf(model);
  const nodes = new Map((graph.node ?? []).map((node) => [node.name ?? '', node]));
  const shapes = createShapeNodes(graph.input?.[0].name ?? '');
  for (const stage of STAGES) {
    for (const [name, input, shape] of fixedShapes(shapes, stage))
      rewire(nodes, name, input, shape);
  }
  graph.node = [...shapes.nodes, ...(graph.node ?? [])];
  graph.initializer = [...(graph.initializer ?? []), ...shapes.constants];
  declareShape(graph.input?.[0], [1, 3, 'height', 'width']);
  declareShape(graph.output?.[0], [1, 256, 'rows', 'columns']);
  dropUnreached(model);
  const parts = graphParts(model);
  runAsGemm(parts, STAGES.flatMap(linearLayers));
  parts.apply();
}

function fixedShapes(
  shapes: ShapeNodes,
  { stage, blocks, cell, window, channels, heads }: Stage,
): FixedShape[] {
  const along = (side: 'height' | 'width') => {
    const name = `grid/${stage}/${side}`;
    const features = shapes.arithmetic('Div', shapes[side], cell, name);
    const reach = shapes.arithmetic('Add', features, window - 1, `${name}/reach`);
    const windows = shapes.arithmetic('Div', reach, window, `${name}/windows`);
    const padded = shapes.arithmetic('Mul', windows, window, `${name}/padded`);
    const padding = shapes.arithmetic('Sub', padded, features, `${name}/padding`);
    return { features, windows, padded, padding };
  };
  const h = along('height');
  const w = along('width');
  const tokens = window * window;
  const vector = (what: string, ...parts: (number | string)[]) =>
    shapes.vector(`grid/${stage}/${what}`, parts);

  const map = vector('map', 1, h.features, w.features, channels);
  const inBlock: FixedShape[] = [
    ['Reshape', 1, map],
    ['Pad', 1, vector('padding', 0, 0, 0, 0, 0, h.padding, w.padding, 0)],
    ['Reshape_3', 1, vector('split', 1, h.windows, window, w.windows, window, channels)],
    ['Reshape_4', 1, vector('windows', -1, tokens, channels)],
    ['attn/Reshape', 1, vector('heads', -1, tokens, heads, HEAD_CHANNELS)],
    ['attn/Reshape_1', 1, vector('windows', -1, tokens, channels)],
    ['Reshape_5', 1, vector('joined', 1, h.windows, w.windows, window, window, channels)],
    ['Reshape_6', 1, vector('padded', 1, h.padded, w.padded, channels)],
    ['Slice_1', 2, h.features],
    ['Slice_2', 2, w.features],
    ['Reshape_7', 1, vector('sequence', 1, -1, channels)],
    ['Reshape_8', 1, vector('planes', 1, channels, h.features, w.features)],
    ['Reshape_9', 1, vector('rows', 1, channels, -1)],
  ];
  const after = stage === 3 ? '/Reshape' : `/layers.${stage}/downsample/Reshape`;
  const fixed: FixedShape[] = [[after, 1, map]];
  for (let block = 0; block < blocks; block++) {
    for (const [node, input, shape] of inBlock) {
      fixed.push([`/layers.${stage}/blocks.${block}/${node}`, input, shape]);
    }
  }
  return fixed;
}

function linearLayers({ stage, blocks, window }: Stage): LinearLayers[] {
  const inBlocks = (...names: string[]) =>
    Array.from({ length: blocks }, (_, block) =>
      names.map((name) => `/layers.${stage}/blocks.${block}/${name}`),
    ).flat();
  return [
    { names: inBlocks('attn/qkv', 'attn/proj'), leading: [-1, window * window] },
    { names: inBlocks('mlp/fc1', 'mlp/fc2'), leading: [1, -1] },
  ];
}

function rewire(
  nodes: ReadonlyMap<string, GraphNode>,
  name: string,
  input: number,
  shape: string,
): void {
  const inputs = nodes.get(name)?.input;
  if (!inputs?.[input]) throw new Error(`The graph has no node ${name} with an input ${input}.`);
  inputs[input] = shape;
}

/** Numbers are fixed lengths, names are free ones. */
function declareShape(value: GraphValue | undefined, shape: readonly (number | string)[]): void {
  const tensorType = value?.type?.tensorType;
  if (!tensorType) throw new Error('The graph has no typed input and output.');
  tensorType.shape = {
    dim: shape.map((side) => (typeof side === 'number' ? { dimValue: side } : { dimParam: side })),
  };
}
