import { type GraphParts, operation, outputOf } from './graph-parts.ts';

/** Where linear layers are and how the result is laid out: [`leading`, channels]. */
export interface LinearLayers {
  /** Names of the layers; `NAME/MatMul` and `NAME/Add` are its nodes. */
  readonly names: readonly string[];
  /** Leading sides of the result, −1 for the one that is not known beforehand. */
  readonly leading: readonly number[];
}

/** A linear layer of the graph: tensors, numbers and the two nodes that compute it. */
export function linearLayer(parts: GraphParts, name: string) {
  const product = parts.node(`${name}/MatMul`);
  const sum = parts.node(`${name}/Add`);
  const [input = '', matrix = ''] = product.input ?? [];
  // The export puts the weight before the product in some layers and after it in others.
  const bias = (sum.input ?? []).find((tensor) => tensor !== outputOf(product)) ?? '';
  return {
    product,
    sum,
    input,
    output: outputOf(sum),
    matrix: { name: matrix, ...parts.weight(matrix) },
    bias: { name: bias, ...parts.weight(bias) },
  };
}

/**
 * Writes `Add(MatMul(x, W), b)` as one Gemm on the rows of x. onnxruntime does this itself when
 * it knows all sizes beforehand (MatMulAddFusion); with free sizes it would not, and run slower.
 * @throws Error when a layer is not there or is not made like that.
 */
export function runAsGemm(parts: GraphParts, layers: readonly LinearLayers[]): void {
  for (const { names, leading } of layers) {
    for (const name of names) {
      const { product, sum, input, output, matrix, bias } = linearLayer(parts, name);
      const [rows, columns] = matrix.sides;
      parts.replace(product, []);
      parts.replace(sum, [
        operation('Reshape', [input, parts.shape([-1, rows])], `${name}/rows`),
        operation('Gemm', [`${name}/rows`, matrix.name, bias.name], `${name}/gemm`),
        operation('Reshape', [`${name}/gemm`, parts.shape([...leading, columns])], output),
      ]);
    }
  }
}
