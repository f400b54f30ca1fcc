import { graphOf } from './graph.ts';
import { type GraphNode, type GraphTensor, type Model, onnx } from './onnx.ts';

/** A float weight of the graph, in row-major order. */
export interface Weight {
  readonly sides: readonly number[];
  readonly values: Float32Array<ArrayBuffer>;
}

type Attributes = Readonly<Record<string, number | readonly number[]>>;

/** Finds parts of a graph and puts others in their place. */
export interface GraphParts {
  /** @throws Error when the graph has no node of this name. */
  node(name: string): GraphNode;
  /** @throws Error when the graph has no float weight of this name. */
  weight(name: string): Weight;
  /** Adds a weight. @returns its name */
  addWeight(name: string, sides: readonly number[], values: Float32Array<ArrayBuffer>): string;
  /** A shape for a Reshape, −1 for the side that is not known beforehand. @returns its name */
  shape(values: readonly number[]): string;
  /** Puts nodes where this one is, in the order in which they compute. */
  replace(node: GraphNode, by: readonly GraphNode[]): void;
  /** Writes all of it into the model. */
  apply(): void;
}

/** One operation with one output, which names it. Whole numbers become int attributes. */
export function operation(
  opType: string,
  input: readonly string[],
  output: string,
  attributes: Attributes = {},
): GraphNode {
  const { AttributeType } = onnx.AttributeProto;
  const attribute = Object.entries(attributes).map(([name, value]) => {
    if (typeof value !== 'number') return { name, type: AttributeType.INTS, ints: [...value] };
    return Number.isInteger(value)
      ? { name, type: AttributeType.INT, i: value }
      : { name, type: AttributeType.FLOAT, f: value };
  });
  return onnx.NodeProto.create({
    opType,
    name: output,
    input: [...input],
    output: [output],
    attribute,
  });
}

export function graphParts(model: Model): GraphParts {
  const graph = graphOf(model);
  const nodes = new Map((graph.node ?? []).map((node) => [node.name ?? '', node]));
  const weights = new Map((graph.initializer ?? []).map((tensor) => [tensor.name ?? '', tensor]));
  const added = new Map<string, GraphTensor>();
  const replaced = new Map<GraphNode, readonly GraphNode[]>();

  function add(name: string, sides: readonly number[], dataType: number, data: ArrayBuffer) {
    added.set(name, { name, dims: [...sides], dataType, rawData: new Uint8Array(data) });
    return name;
  }

  return {
    node(name) {
      const found = nodes.get(name);
      if (!found) throw new Error(`The graph has no node ${name}.`);
      return found;
    },
    weight(name) {
      const tensor = weights.get(name);
      if (tensor?.dataType !== onnx.TensorProto.DataType.FLOAT || !tensor.rawData) {
        throw new Error(`The graph has no float weight ${name}.`);
      }
      // A copy, because the tensor's own bytes need not start at a multiple of four.
      const { buffer } = Uint8Array.from(tensor.rawData);
      return { sides: (tensor.dims ?? []).map(Number), values: new Float32Array(buffer) };
    },
    addWeight: (name, sides, values) =>
      add(name, sides, onnx.TensorProto.DataType.FLOAT, values.buffer),
    shape: (values) =>
      add(
        `rows/${values.join(',')}`,
        [values.length],
        onnx.TensorProto.DataType.INT64,
        BigInt64Array.from(values, BigInt).buffer,
      ),
    replace: (node, by) => void replaced.set(node, by),
    apply() {
      graph.node = (graph.node ?? []).flatMap((node) => replaced.get(node) ?? [node]);
      graph.initializer = [...(graph.initializer ?? []), ...added.values()];
    },
  };
}
