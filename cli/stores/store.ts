/**
 * Where finished work is kept: a folder or a bucket. Names are relative paths with `/`. Problems
 * end the command (`Failure`), since nothing can be acknowledged without a place to keep it.
 */
export interface Store {
  /** As the user wrote it, for messages. */
  readonly where: string;
  /** Atomic and durable: after it resolves, the whole object is there; before, the old one is. */
  put(name: string, bytes: Uint8Array<ArrayBuffer> | string): Promise<void>;
  /** Null when there is no such object. */
  get(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** The objects below `folder/` and how many bytes each has. */
  list(folder: string): Promise<ReadonlyMap<string, number>>;
  /** Names of the folders directly below the store's root, sorted. */
  folders(): Promise<readonly string[]>;
  remove(name: string): Promise<void>;
  /** The store of a folder below this one. */
  below(folder: string): Store;
  /**
   * Puts an object of `from` here without reading it: a link on the same disk, a copy inside the
   * same object store.
   * @returns false when the two stores cannot do that
   */
  adopt(from: Store, name: string, as: string): Promise<boolean>;
}

/** Reads a text object. */
export async function getText(store: Store, name: string): Promise<string | null> {
  const bytes = await store.get(name);
  return bytes && new TextDecoder().decode(bytes);
}
