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
