/** Entries as the inside of a JSON list, one a line and one at a time; null leaves one out. */
export function* listed<Item>(
  items: readonly Item[],
  entryOf: (item: Item, index: number) => object | null,
): Generator<string> {
  let before = '\n';
  for (const [index, item] of items.entries()) {
    const entry = entryOf(item, index);
    if (!entry) continue;
    yield before + JSON.stringify(entry);
    before = ',\n';
  }
}
