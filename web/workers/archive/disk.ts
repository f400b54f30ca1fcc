import type { ArchiveSink } from './sink.ts';

const FOLDER = 'archives';

/**
 * A file in the origin private file system, written through a synchronous access handle: the
 * fastest of the ways a browser has, and memory stays flat. Archives of earlier exports are
 * removed first; a download that still reads one keeps its own handle.
 *
 * @returns null where the browser has no such file system (private windows, WebKitGTK)
 */
export async function openDiskSink(): Promise<ArchiveSink | null> {
  try {
    const root = await navigator.storage.getDirectory();
    await root.removeEntry(FOLDER, { recursive: true }).catch(() => undefined);
    const folder = await root.getDirectoryHandle(FOLDER, { create: true });
    const name = `${crypto.randomUUID()}.zip`;
    const handle = await folder.getFileHandle(name, { create: true });
    const access = await handle.createSyncAccessHandle();
    let position = 0;
    return {
      write(chunk) {
        const written = access.write(chunk, { at: position });
        if (written < chunk.byteLength) throw new DOMException('disk full', 'QuotaExceededError');
        position += written;
      },
      async finish() {
        access.flush();
        access.close();
        return handle.getFile();
      },
      async discard() {
        access.close();
        await folder.removeEntry(name).catch(() => undefined);
      },
    };
  } catch {
    return null;
  }
}
