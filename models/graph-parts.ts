import { floatsOf, graphOf, int64Vector } from './graph.ts';
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

/** Name of the first tensor that a node gives. */
export function outputOf({ output }: GraphNode): string {
  return output?.[0] ?? '';
}

export function graphParts(model: Model): GraphParts {
  const graph = graphOf(model);
  const nodes = new Map((graph.node ?? []).map((node) => [node.name ?? '', node]));
  const weights = new Map((graph.initializer ?? []).map((tensor) => [tensor.name ?? '', tensor]));
  const added = new Map<string, GraphTensor>();
  const replaced = new Map<GraphNode, readonly GraphNode[]>();

  const { FLOAT } = onnx.TensorProto.DataType;
  function add(name: string, tensor: GraphTensor) {
    added.set(name, tensor);
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
      if (tensor?.dataType !== FLOAT || !tensor.rawData) {
        throw new Error(`The graph has no float weight ${name}.`);
      }
      return { sides: (tensor.dims ?? []).map(Number), values: floatsOf(tensor) };
    },
    addWeight: (name, sides, { buffer }) =>
      add(name, { name, dims: [...sides], dataType: FLOAT, rawData: new Uint8Array(buffer) }),
    shape(values) {
      const name = `rows/${values.join(',')}`;
      return add(name, int64Vector(name, values));
    },
    replace: (node, by) => void replaced.set(node, by),
    apply() {
      graph.node = (graph.node ?? []).flatMap((node) => replaced.get(node) ?? [node]);
      graph.initializer = [...(graph.initializer ?? []), ...added.values()];
    },
  };
}
