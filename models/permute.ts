/**
 * A tensor with its axes in another order, row-major before and after.
 * @param sides of `values`
 * @param order axis of `values` that each axis of the result is
 */
export function permute(
  values: Float32Array<ArrayBuffer>,
  sides: readonly number[],
  order: readonly number[],
): Float32Array<ArrayBuffer> {
  const strides = sides.map((_, axis) => sides.slice(axis + 1).reduce((a, b) => a * b, 1));
  const permuted = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    let rest = i;
    let from = 0;
    for (let axis = order.length - 1; axis >= 0; axis--) {
      const side = sides[order[axis]];
      from += (rest % side) * strides[order[axis]];
      rest = Math.floor(rest / side);
    }
    permuted[i] = values[from];
  }
  return permuted;
}
