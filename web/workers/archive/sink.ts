/** Where an archive grows while it is being written. */
export interface ArchiveSink {
  write(chunk: Uint8Array<ArrayBuffer>): void;
  /** Ends writing; the result can be read until the next archive is begun. */
  finish(): Promise<Blob>;
  discard(): Promise<void>;
}

/** Parts of 8 MB as blobs, which browsers may keep on disk by themselves. */
export function openMemorySink(): ArchiveSink {
  const full: Blob[] = [];
  let parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  return {
    write(chunk) {
      parts.push(chunk);
      size += chunk.byteLength;
      if (size >= 8_000_000) {
        full.push(new Blob(parts));
        parts = [];
        size = 0;
      }
    },
    async finish() {
      return new Blob([...full, ...parts], { type: 'application/zip' });
    },
    async discard() {
      full.length = 0;
      parts = [];
    },
  };
}
