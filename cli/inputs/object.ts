import { fail, ok } from '../../web/core/flow/result.ts';
import { formatS3, type S3Address } from '../s3/address.ts';
import { getObject } from '../s3/objects.ts';
import type { InputContext } from './context.ts';
import type { Entry } from './entry.ts';

/** One object. Its ETag, where a listing told it, stands for its content. */
export function objectEntry(
  address: S3Address,
  path: string,
  { s3, limits }: InputContext,
  sha256: string | null = null,
  listed?: { readonly etag: string; readonly bytes: number },
): Entry {
  return {
    path,
    contentKey: sha256 ?? (listed ? `etag ${listed.etag} ${listed.bytes}` : formatS3(address)),
    sha256,
    async read() {
      const limit = limits.fileBytes;
      if (listed && listed.bytes > limit) {
        return fail({ kind: 'too-many-bytes', bytes: listed.bytes, limit });
      }
      const bytes = await getObject(s3(), address);
      return bytes ? ok(bytes) : fail({ kind: 'unread', why: 'there is no such object' });
    },
  };
}
