/** Request bodies that hold a user's files: JSON with base64 strings, and multipart forms. */
import type { FilePiece, Piece } from '../http/pieces.ts';

/** Stands for a file's base64 inside a document that becomes JSON. */
export class FileText {
  readonly file: FilePiece;
  /** What comes before it in the same string (`data:image/png;base64,`). */
  readonly prefix: string;

  constructor(file: FilePiece, prefix = '') {
    this.file = file;
    this.prefix = prefix;
  }
}

/** JSON text in which unguessable marks stand for files. */
export interface Marked {
  readonly text: string;
  readonly files: ReadonlyMap<string, FilePiece>;
}

export const newMark = (): string => `file-${crypto.randomUUID()}`;

export function marked(document: unknown): Marked {
  const files = new Map<string, FilePiece>();
  const text = JSON.stringify(document, (_key, value: unknown) => {
    if (!(value instanceof FileText)) return value;
    const mark = newMark();
    files.set(mark, value.file);
    return value.prefix + mark;
  });
  return { text, files };
}

/** The text with each mark replaced by its file. */
export function unmarked({ text, files }: Marked): readonly Piece[] {
  let pieces: Piece[] = [text];
  for (const [mark, file] of files) {
    pieces = pieces.flatMap((piece): Piece[] => {
      const at = typeof piece === 'string' ? piece.indexOf(mark) : -1;
      if (typeof piece !== 'string' || at < 0) return [piece];
      return [piece.slice(0, at), file, piece.slice(at + mark.length)];
    });
  }
  return pieces;
}

export const jsonBody = (document: unknown): readonly Piece[] => unmarked(marked(document));

/** A file of a form: one of the user's, or bytes made here (a mask). */
export interface FormFile {
  readonly type: string;
  readonly name: string;
  readonly content: FilePiece | Uint8Array;
}

/** `multipart/form-data` (RFC 7578). Field names are ours; values are taken as they are. */
export function formBody(fields: readonly (readonly [string, string | FormFile])[]): {
  readonly contentType: string;
  readonly body: readonly Piece[];
} {
  const boundary = `form-${crypto.randomUUID()}`;
  const head = (name: string, more: string): string =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n`;
  const body = fields.flatMap(([name, value]): Piece[] =>
    typeof value === 'string'
      ? [`${head(name, '')}${value}\r\n`]
      : [
          head(name, `; filename="${value.name}"\r\ncontent-type: ${value.type}`),
          value.content,
          '\r\n',
        ],
  );
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: [...body, `--${boundary}--\r\n`],
  };
}
