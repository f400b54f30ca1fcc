import { createRequire } from 'node:module';
import type { onnx as Onnx } from 'onnx-proto';

// A CommonJS package without named exports that Node can see.
export const { onnx } = createRequire(import.meta.url)('onnx-proto') as { onnx: typeof Onnx };

export type Model = Onnx.ModelProto;
export type Graph = Onnx.IGraphProto;
export type GraphNode = Onnx.INodeProto;
export type GraphTensor = Onnx.ITensorProto;
/** An input or output of the graph: name, element type, shape. */
export type GraphValue = Onnx.IValueInfoProto;
