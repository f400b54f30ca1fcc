/** One part of a `multipart/form-data` body. */
export interface Part {
  name: string;
  /** Null for a plain field. */
  filename: string | null;
  contentType: string | null;
  data: Buffer;
}

type MultipartResult = { ok: true; parts: Part[] } | { ok: false; message: string };

const CRLF = '\r\n';

/**
 * Strict parser of RFC 7578 bodies: every delimiter on its own line, each part with one
 * `Content-Disposition: form-data; name="…"`, a closing delimiter, nothing after it.
 */
export function parseMultipart(contentType: string | undefined, body: Buffer): MultipartResult {
  const no = (message: string): MultipartResult => ({ ok: false, message });
  const type = /^multipart\/form-data\s*;(.*)$/is.exec(contentType ?? '');
  if (!type) return no('content-type: must be multipart/form-data');
  const found = /(?:^|;)\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(type[1]!);
  const boundary = found?.[1] ?? found?.[2];
  if (boundary === undefined) return no('content-type: multipart boundary is missing');

  const open = Buffer.from(`--${boundary}${CRLF}`);
  if (!body.subarray(0, open.length).equals(open))
    return no('multipart body does not start with its boundary');
  const delimiter = Buffer.from(`${CRLF}--${boundary}`);
  const parts: Part[] = [];
  let at = open.length;
  for (;;) {
    const end = body.indexOf(delimiter, at);
    if (end < 0) return no('multipart body has no closing boundary');
    const part = parsePart(body.subarray(at, end));
    if (typeof part === 'string') return no(part);
    parts.push(part);
    const after = end + delimiter.length;
    const tail = body.subarray(after, after + 2).toString('latin1');
    if (tail === '--') {
      const rest = body.subarray(after + 2).toString('latin1');
      return rest === '' || rest === CRLF
        ? { ok: true, parts }
        : no('multipart body has an epilogue');
    }
    if (tail !== CRLF) return no('multipart boundary is not followed by a line break');
    at = after + 2;
  }
}

function parsePart(raw: Buffer): Part | string {
  const split = raw.indexOf(`${CRLF}${CRLF}`);
  if (split < 0) return 'multipart part has no header section';
  const headers = new Map<string, string>();
  for (const line of raw.subarray(0, split).toString('utf8').split(CRLF)) {
    const colon = line.indexOf(':');
    if (colon < 1) return 'multipart part has a malformed header';
    headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  const disposition = headers.get('content-disposition') ?? '';
  if (!/^form-data\s*;/i.test(disposition)) return 'multipart part is not form-data';
  const name = /;\s*name="([^"]+)"/i.exec(disposition)?.[1];
  if (name === undefined) return 'multipart part has no name';
  const filename = /;\s*filename="([^"]*)"/i.exec(disposition)?.[1] ?? null;
  return {
    name,
    filename,
    contentType: headers.get('content-type') ?? null,
    data: raw.subarray(split + 4),
  };
}
