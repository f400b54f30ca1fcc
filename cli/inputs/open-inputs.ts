import { readFile, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { Failure } from '../problem.ts';
import { isS3, parseS3 } from '../s3/address.ts';
import { isWebAddress } from '../web-address.ts';
import { bucketEntries } from './bucket.ts';
import type { InputContext } from './context.ts';
import type { Entry } from './entry.ts';
import { fileEntries, folderEntries } from './folder.ts';
import { listedEntries } from './list-file.ts';
import { urlEntry } from './url.ts';
import { sniffFile } from './zip.ts';

/** Where an entry stands among all of them: what the dataset is ordered by. */
export interface PlacedEntry extends Entry {
  readonly position: number;
}

/**
 * Everything that the inputs hold, in their order: folders, archives, photos, lists, `s3://` and
 * `https://` addresses, `-` for a list on standard input.
 * @throws Failure when one is not there, cannot be read, or all of them together hold nothing
 */
export async function openInputs(
  inputs: readonly string[],
  context: InputContext,
): Promise<PlacedEntry[]> {
  const entries: PlacedEntry[] = [];
  for (const input of inputs) {
    for await (const entry of entriesOf(input, context)) {
      entries.push({ ...entry, position: entries.length });
    }
  }
  if (entries.length > 0) return entries;
  throw new Failure(
    'input',
    `${inputs.join(', ')} holds no files.`,
    'Name a folder, a ZIP archive, a list of files or an s3:// prefix with photos.',
  );
}

async function* entriesOf(input: string, context: InputContext): AsyncGenerator<Entry> {
  if (input === '-') {
    yield* listedEntries(await readAll(process.stdin), '.', context);
  } else if (isS3(input)) {
    yield* bucketEntries(parseS3(input), context);
  } else if (isWebAddress(input)) {
    yield urlEntry(input, context, null);
  } else {
    yield* localEntries(input, context);
  }
}

async function* localEntries(input: string, context: InputContext): AsyncGenerator<Entry> {
  const found = await stat(input).catch(() => null);
  if (!found) {
    throw new Failure('input', `${input} is not there.`, 'Check the path.');
  }
  if (found.isDirectory()) {
    yield* folderEntries(input, context);
    return;
  }
  const sniffed = await sniffFile(input);
  if (!sniffed) {
    throw new Failure('input', `${input} cannot be read.`, 'Check its permissions.');
  }
  const isList = sniffed.kind === 'foreign' && sniffed.found === 'text';
  if (isList) yield* listedEntries(await readFile(input, 'utf8'), dirname(input), context);
  else yield* fileEntries(input, basename(input), context);
}
