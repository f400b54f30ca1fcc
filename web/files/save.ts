/** Hands a file to the browser's downloads. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Firefox and Safari start reading after this turn; a minute is ample for them to open it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** https://wicg.github.io/file-system-access/#api-showsavefilepicker, not yet in TypeScript. */
interface SavePicker {
  showSaveFilePicker?(options: {
    suggestedName: string;
    types: readonly { description: string; accept: Record<string, readonly string[]> }[];
  }): Promise<FileSystemFileHandle>;
}

/** Whether the browser lets the user choose a file to write into. */
export function canAskWhere(): boolean {
  return typeof (globalThis as SavePicker).showSaveFilePicker === 'function';
}

/** The file that the user chose, or null when they thought better of it. Call it in a click. */
export async function askWhere(
  suggestedName: string,
  description: string,
  extension: string,
): Promise<FileSystemFileHandle | null> {
  const accept = { 'application/zip': [extension] };
  const options = { suggestedName, types: [{ description, accept }] };
  return (await (globalThis as SavePicker).showSaveFilePicker?.(options).catch(() => null)) ?? null;
}
