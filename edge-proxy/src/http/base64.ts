/** Base64 of large byte arrays without building the string one character at a time. */
const chunk = 0x1000 * 3;

/** Standard alphabet with padding. */
export function toBase64(bytes: Uint8Array): string {
  let out = '';
  for (let start = 0; start < bytes.length; start += chunk) {
    out += btoa(String.fromCharCode(...bytes.subarray(start, start + chunk)));
  }
  return out;
}

/** @throws DOMException for text that is not base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
