import { fail, ok } from '../../web/core/flow/result.ts';
import { reasonOf } from '../problem.ts';
import { isPassing, parseWebAddress, pauseBefore, shownAddress } from '../web-address.ts';
import type { InputContext } from './context.ts';
import type { Entry } from './entry.ts';

const ATTEMPTS = 4;
const REQUEST_MS = 120_000;

/**
 * A photo behind an address that needs no signature of ours, such as a presigned one. Its query
 * holds a signature, so neither messages nor the manifest ever show it.
 */
export function urlEntry(address: string, context: InputContext, sha256: string | null): Entry {
  const url = parseWebAddress(address);
  const { pathname } = url;
  const { fileBytes } = context.limits;
  return {
    path: decoded(pathname).split('/').filter(Boolean).join('/') || 'photo',
    contentKey: sha256 ?? `url ${shownAddress(url)}`,
    sha256,
    async read() {
      let why = '';
      for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
        if (attempt > 1) await pauseBefore(attempt - 1);
        const answer = await fetch(address, { signal: AbortSignal.timeout(REQUEST_MS) }).catch(
          (error: unknown) => {
            why = reasonOf(error);
          },
        );
        const bytes = Number(answer?.headers.get('content-length') ?? 0);
        if (bytes > fileBytes) return fail({ kind: 'too-many-bytes', bytes, limit: fileBytes });
        const body = answer?.ok ? await answer.arrayBuffer().catch(() => null) : null;
        if (body) return ok(new Uint8Array(body));
        if (answer) why = answer.ok ? 'the answer broke off' : `HTTP ${answer.status}`;
        if (answer && !answer.ok && !isPassing(answer.status)) break;
      }
      return fail({ kind: 'unread', why });
    },
  };
}

/** As it is where its percent signs stand for nothing. */
function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
