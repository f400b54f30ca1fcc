import { expect, test } from 'vitest';
import { fromHalves } from '../web/core/segmentation/half.ts';
import { cutAt, readModel, storeWeightsAsHalf, writeModel } from './graph.ts';
import { type Model, onnx } from './onnx.ts';

/** x → Add(big) → sum → Mul(small) → product; y → Neg → left over. */
function tinyModel(): Model {
  const floats = (name: string, values: Float32Array) => ({
    name,
    dims: [values.length],
    dataType: onnx.TensorProto.DataType.FLOAT,
    rawData: new Uint8Array(values.buffer),
  });
  return onnx.ModelProto.create({
    irVersion: 8,
    graph: {
      node: [
        { opType: 'Add', input: ['x', 'big'], output: ['sum'] },
        { opType: 'Mul', input: ['sum', 'small'], output: ['product'] },
        { opType: 'Neg', input: ['y'], output: ['rest'] },
      ],
      initializer: [
        floats(
          'big',
          Float32Array.from({ length: 600 }, (_, i) => i / 8),
        ),
        floats('small', Float32Array.of(0.1)),
      ],
      input: [{ name: 'x' }, { name: 'y' }],
      output: [{ name: 'product' }, { name: 'rest' }],
    },
  });
}

test('cutting keeps what the new outputs need and nothing else', () => {
  const model = tinyModel();
  cutAt(model, [{ tensor: 'sum', as: 'total', shape: [600] }]);
  const { graph } = readModel(writeModel(model));
  expect(graph?.node?.map(({ opType, output }) => [opType, output])).toEqual([['Add', ['total']]]);
  expect(graph?.initializer?.map(({ name }) => name)).toEqual(['big']);
  expect(graph?.input?.map(({ name }) => name)).toEqual(['x']);
  expect(graph?.output?.map(({ name }) => name)).toEqual(['total']);
});

test('cutting at a tensor that is not there names it', () => {
  expect(() => cutAt(tinyModel(), [{ tensor: 'nowhere', as: 'out', shape: [] }])).toThrow(
    'nowhere',
  );
});

test('large weights become halves with a cast back to the old name, small ones stay', () => {
  const model = tinyModel();
  storeWeightsAsHalf(model);
  const { graph } = readModel(writeModel(model));
  const [half, small] = graph?.initializer ?? [];
  expect(half.dataType).toBe(onnx.TensorProto.DataType.FLOAT16);
  expect(small).toMatchObject({ name: 'small', dataType: onnx.TensorProto.DataType.FLOAT });
  expect(graph?.node?.[0]).toMatchObject({ opType: 'Cast', input: [half.name], output: ['big'] });
  const values = fromHalves(new Uint16Array(Uint8Array.from(half.rawData ?? []).buffer));
  expect([...values.slice(0, 3), values[599]]).toEqual([0, 0.125, 0.25, 74.875]);
});

test('a weight that no half can hold is refused', () => {
  const model = tinyModel();
  const big = model.graph?.initializer?.[0];
  if (big) big.rawData = new Uint8Array(new Float32Array(600).fill(70000).buffer);
  expect(() => storeWeightsAsHalf(model)).toThrow('big');
});
