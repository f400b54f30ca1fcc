/** A codec instance and how much memory it holds. */
export interface CodecInstance<Api> {
  readonly api: Api;
  memoryBytes(): number;
}

/** WASM memory grows and never shrinks: above this an instance is not kept for the next photo. */
const KEEP_BELOW_BYTES = 128 * 1024 * 1024;

/** One lazily made, replaceable codec instance. */
export interface CodecHolder<Api> {
  /**
   * Runs `work`, which must be synchronous, on the instance. After an error (a trap leaves the
   * instance's memory in an unknown state) or with bloated memory the next call gets a fresh one.
   */
  use<Value>(work: (api: Api) => Value): Promise<Value>;
}

/** @param create instantiates; it compiles nothing when called again, so that is cheap. */
export function createHolder<Api>(create: () => Promise<CodecInstance<Api>>): CodecHolder<Api> {
  let current: Promise<CodecInstance<Api>> | null = null;
  return {
    async use(work) {
      current ??= create();
      const mine = current;
      const drop = () => {
        if (current === mine) current = null;
      };
      try {
        const instance = await mine;
        const value = work(instance.api);
        if (instance.memoryBytes() > KEEP_BELOW_BYTES) drop();
        return value;
      } catch (error) {
        drop();
        throw error;
      }
    },
  };
}
