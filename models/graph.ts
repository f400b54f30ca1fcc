/** Changes to ONNX graphs that leave what they compute as it is. */
import { toHalves } from '../web/core/segmentation/half.ts';
import { type Graph, type GraphNode, type GraphTensor, type Model, onnx } from './onnx.ts';

/** Tensors of fewer elements stay as they are: a Cast node would outweigh what they save. */
const WORTHWHILE_ELEMENTS = 512;

const FLOAT = onnx.TensorProto.DataType.FLOAT;
const FLOAT16 = onnx.TensorProto.DataType.FLOAT16;

export function readModel(bytes: Uint8Array): Model {
  return onnx.ModelProto.decode(bytes);
}

/** The same model gives the same bytes: protobuf.js writes fields in order of their numbers. */
export function writeModel(model: Model): Uint8Array {
  return onnx.ModelProto.encode(model).finish();
}

/**
 * Stores large float weights as half floats, each followed by a Cast back, so the graph goes on
 * computing in float32 and the file is half as large. Engines fold the casts when they load it.
 * @throws RangeError when a weight does not fit a half float.
 */
export function storeWeightsAsHalf(model: Model): void {
  const graph = graphOf(model);
  const casts: GraphNode[] = [];
  const halve = (tensor: GraphTensor, name: string) => {
    const halved = `${name}/half`;
    casts.push(
      onnx.NodeProto.create({
        opType: 'Cast',
        name: `${name}/cast`,
        input: [halved],
        output: [name],
        attribute: [{ name: 'to', type: onnx.AttributeProto.AttributeType.INT, i: FLOAT }],
      }),
    );
    return onnx.TensorProto.create({
      name: halved,
      dims: tensor.dims ?? [],
      dataType: FLOAT16,
      rawData: halfBytes(tensor, name),
    });
  };

  const initializers = (graph.initializer ?? []).map((tensor) =>
    isWorthwhile(tensor) ? halve(tensor, tensor.name ?? '') : tensor,
  );
  const nodes = (graph.node ?? []).filter((node) => {
    const tensor = node.opType === 'Constant' ? node.attribute?.[0]?.t : undefined;
    if (!tensor || !isWorthwhile(tensor)) return true;
    initializers.push(halve(tensor, node.output?.[0] ?? ''));
    return false;
  });
  graph.initializer = initializers;
  graph.node = [...casts, ...nodes];
}

/** A tensor inside the graph that becomes an output. */
export interface Cut {
  readonly tensor: string;
  readonly as: string;
  readonly shape: readonly number[];
}

/**
 * Makes inner tensors the graph's only outputs, under new names, and drops every node, weight
 * and input that they do not depend on.
 * @throws Error when the graph has no such tensor.
 */
export function cutAt(model: Model, cuts: readonly Cut[]): void {
  const graph = graphOf(model);
  const names = new Map(cuts.map(({ tensor, as }) => [tensor, as]));
  const rename = (name: string) => names.get(name) ?? name;
  const made = new Set<string>();
  for (const node of graph.node ?? []) {
    node.input = node.input?.map(rename) ?? [];
    node.output = node.output?.map(rename) ?? [];
    for (const output of node.output) made.add(output);
  }
  for (const { tensor, as } of cuts) {
    if (!made.has(as)) throw new Error(`The graph has no tensor ${tensor}.`);
  }
  graph.output = cuts.map(({ as, shape }) => ({
    name: as,
    type: {
      tensorType: {
        elemType: FLOAT,
        shape: { dim: shape.map((dimValue) => ({ dimValue })) },
      },
    },
  }));
  dropUnreached(model);
}

/** Drops every node, weight and input that no output depends on. */
export function dropUnreached(model: Model): void {
  const graph = graphOf(model);
  const producers = new Map<string, GraphNode>();
  for (const node of graph.node ?? []) {
    for (const output of node.output ?? []) producers.set(output, node);
  }
  const needed = new Set<string>();
  const kept = new Set<GraphNode>();
  const waiting = (graph.output ?? []).map(({ name }) => name ?? '');
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (needed.has(name)) continue;
    needed.add(name);
    const producer = producers.get(name);
    if (!producer || kept.has(producer)) continue;
    kept.add(producer);
    waiting.push(...(producer.input ?? []));
  }
  graph.node = (graph.node ?? []).filter((node) => kept.has(node));
  graph.initializer = (graph.initializer ?? []).filter(({ name }) => needed.has(name ?? ''));
  graph.input = (graph.input ?? []).filter(({ name }) => needed.has(name ?? ''));
}

/** The numbers of a float tensor. */
export function floatsOf({ rawData }: GraphTensor): Float32Array<ArrayBuffer> {
  // A copy, because the tensor's own bytes need not start at a multiple of four.
  return new Float32Array(Uint8Array.from(rawData ?? []).buffer);
}

/** A vector of whole numbers, such as a shape. */
export function int64Vector(name: string, values: readonly number[]): GraphTensor {
  return {
    name,
    dims: [values.length],
    dataType: onnx.TensorProto.DataType.INT64,
    rawData: new Uint8Array(BigInt64Array.from(values, BigInt).buffer),
  };
}

/** @throws Error for a file without one. */
export function graphOf(model: Model): Graph {
  if (!model.graph) throw new Error('This ONNX file has no graph.');
  return model.graph;
}

function isWorthwhile(tensor: GraphTensor): boolean {
  return tensor.dataType === FLOAT && (tensor.rawData?.length ?? 0) / 4 >= WORTHWHILE_ELEMENTS;
}

function halfBytes(tensor: GraphTensor, name: string): Uint8Array {
  const halves = toHalves(floatsOf(tensor));
  if (halves.some((half) => (half & 0x7c00) === 0x7c00)) {
    throw new RangeError(`A weight of ${name} does not fit a half float.`);
  }
  return new Uint8Array(halves.buffer);
}
