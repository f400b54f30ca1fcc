/**
 * Works ahead on items and gives their results in order: reading the next objects from a bucket
 * while the first is being written.
 * @param ahead how many are in work at once
 */
export async function* inOrder<Item, Value>(
  items: Iterable<Item>,
  ahead: number,
  work: (item: Item) => Promise<Value>,
): AsyncGenerator<Value> {
  const waiting: Promise<Value>[] = [];
  for (const item of items) {
    const result = work(item);
    // The error is thrown when its turn comes; until then it is not unhandled.
    result.catch(() => undefined);
    waiting.push(result);
    if (waiting.length < ahead) continue;
    const next = waiting.shift();
    if (next) yield await next;
  }
  while (waiting.length > 0) {
    const next = waiting.shift();
    if (next) yield await next;
  }
}
