import { int64Vector } from './graph.ts';
import { type GraphNode, type GraphTensor, onnx } from './onnx.ts';

/** Name of a tensor in the graph. All are int64 vectors; the sides have one element. */
type Tensor = string;

/** Collects nodes and constants that compute shapes from the input's own shape. */
export interface ShapeNodes {
  readonly height: Tensor;
  readonly width: Tensor;
  readonly nodes: readonly GraphNode[];
  readonly constants: readonly GraphTensor[];
  /** `a op b` for whole numbers; division rounds down, as all values are positive. */
  arithmetic(op: 'Add' | 'Sub' | 'Mul' | 'Div', a: Tensor, b: number | Tensor, as: Tensor): Tensor;
  /** One vector of fixed and computed lengths. */
  vector(as: Tensor, parts: readonly (number | Tensor)[]): Tensor;
}

/** @param input name of the graph's input, [batch, channels, height, width]. */
export function createShapeNodes(input: Tensor): ShapeNodes {
  const nodes: GraphNode[] = [];
  const constants = new Map<Tensor, GraphTensor>();

  function constant(values: readonly number[]): Tensor {
    const name = `grid/constant ${values.join(',')}`;
    constants.set(name, int64Vector(name, values));
    return name;
  }

  function add(opType: string, inputs: Tensor[], as: Tensor, axis?: number): Tensor {
    const attribute =
      axis === undefined
        ? []
        : [{ name: 'axis', type: onnx.AttributeProto.AttributeType.INT, i: axis }];
    nodes.push(onnx.NodeProto.create({ opType, name: as, input: inputs, output: [as], attribute }));
    return as;
  }

  const shape = add('Shape', [input], 'grid/shape');
  return {
    height: add('Gather', [shape, constant([2])], 'grid/height', 0),
    width: add('Gather', [shape, constant([3])], 'grid/width', 0),
    nodes,
    get constants() {
      return [...constants.values()];
    },
    arithmetic: (op, a, b, as) => add(op, [a, typeof b === 'number' ? constant([b]) : b], as),
    vector(as, parts) {
      const numbers = parts.filter((part) => typeof part === 'number');
      if (numbers.length === parts.length) return constant(numbers);
      const tensors = parts.map((part) => (typeof part === 'number' ? constant([part]) : part));
      return add('Concat', tensors, as, 0);
    },
  };
}
