import { openAsBlob } from 'node:fs';
import { Failure, GO_ON, reasonOf } from './problem.ts';

const ATTEMPTS = 4;

export function isWebAddress(text: string): boolean {
  return /^https?:\/\//.test(text);
}

/** Reads an address. @throws Failure when it is none; its query, which may be secret, is not shown */
export function parseWebAddress(address: string): URL {
  try {
    return new URL(address);
  } catch {
    const [shown] = address.split('?');
    throw new Failure('usage', `${shown} is no address.`, 'Write https://host/path.');
  }
}

/** As it may be shown: the query of a presigned address is a key. */
export function shownAddress({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

/** Waits before a request is repeated. @param repetition from 1 */
export function pauseBefore(repetition: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 250 * 2 ** repetition));
}

/** Whether asking again may help. */
export function isPassing(status: number): boolean {
  return status >= 500 || status === 429;
}

/**
 * Sends a file with one PUT, as a presigned address takes it.
 * @throws Failure when it is not taken
 */
export async function putFile(address: URL, file: string): Promise<void> {
  let why = '';
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if (attempt > 1) await pauseBefore(attempt - 1);
    const body = await openAsBlob(file);
    const answer = await fetch(address, { method: 'PUT', body }).catch((error: unknown) => {
      why = reasonOf(error);
    });
    if (answer?.ok) return;
    if (answer) why = `HTTP ${answer.status}`;
    if (answer && !isPassing(answer.status)) break;
  }
  throw new Failure(
    'output',
    `${shownAddress(address)} did not take the archive: ${why}.`,
    `Sign the address anew, for PUT; S3 takes up to 5 GB in this way. ${GO_ON}`,
  );
}
