import { graphOf } from './graph.ts';
import { type GraphNode, type GraphTensor, type Model, onnx } from './onnx.ts';

/** Where linear layers are and how the result is laid out: [`leading`, channels]. */
export interface LinearLayers {
  /** Names of the layers; `NAME/MatMul` and `NAME/Add` are its nodes. */
  readonly names: readonly string[];
  /** Leading sides of the result, −1 for the one that is not known beforehand. */
  readonly leading: readonly number[];
}

/**
 * Writes `Add(MatMul(x, W), b)` as one Gemm on the rows of x. onnxruntime does this itself when
 * it knows all sizes beforehand (MatMulAddFusion); with free sizes it would not, and run slower.
 * @throws Error when a layer is not there or is not made like that.
 */
export function runAsGemm(model: Model, layers: readonly LinearLayers[]): void {
  const graph = graphOf(model);
  const nodes = new Map((graph.node ?? []).map((node) => [node.name ?? '', node]));
  const weights = new Map((graph.initializer ?? []).map((tensor) => [tensor.name ?? '', tensor]));
  const replaced = new Map<GraphNode, readonly GraphNode[]>();
  const shapes = new Map<string, GraphTensor>();
  const shape = (sides: readonly number[]) => {
    const name = `rows/${sides.join(',')}`;
    shapes.set(name, {
      name,
      dims: [sides.length],
      dataType: onnx.TensorProto.DataType.INT64,
      rawData: new Uint8Array(BigInt64Array.from(sides, BigInt).buffer),
    });
    return name;
  };

  for (const { names, leading } of layers) {
    for (const name of names) {
      const product = nodes.get(`${name}/MatMul`);
      const sum = nodes.get(`${name}/Add`);
      const [x = '', weight = ''] = product?.input ?? [];
      const bias = sum?.input?.find((input) => input !== product?.output?.[0]) ?? '';
      const [rows, columns] = (weights.get(weight)?.dims ?? []).map(Number);
      if (!product || !sum || columns === undefined || !weights.has(bias)) {
        throw new Error(`The graph has no linear layer ${name}.`);
      }
      replaced.set(product, []);
      replaced.set(sum, [
        node('Reshape', [x, shape([-1, rows])], `${name}/rows`),
        node('Gemm', [`${name}/rows`, weight, bias], `${name}/gemm`),
        node('Reshape', [`${name}/gemm`, shape([...leading, columns])], sum.output?.[0] ?? ''),
      ]);
    }
  }
  graph.node = (graph.node ?? []).flatMap((one) => replaced.get(one) ?? [one]);
  graph.initializer = [...(graph.initializer ?? []), ...shapes.values()];
}

function node(opType: string, input: string[], output: string): GraphNode {
  return onnx.NodeProto.create({ opType, name: output, input, output: [output] });
}
