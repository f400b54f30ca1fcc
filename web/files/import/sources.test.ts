import { expect, test } from 'vitest';
import { latin1 } from '../bytes.ts';
import type { ImportItem } from '../import.ts';
import { buildZip } from '../testing/zip-builder.ts';
import { fromDataTransfer } from './from-drop.ts';
import { fromFileList, incoming } from './from-files.ts';

const photo = latin1('\xff\xd8\xff…');

async function summary(found: AsyncIterable<ImportItem>): Promise<string[]> {
  const lines: string[] = [];
  for await (const item of found) {
    const path = item.folder === '' ? item.name : `${item.folder}/${item.name}`;
    lines.push(item.ok ? path : `${path}: ${item.problem.kind}`);
  }
  return lines;
}

test('files that were picked, with an archive among them whatever its extension', async () => {
  const zip = buildZip([{ name: 'inner/b.jpg', packed: photo }]);
  const files = [
    new File([photo], 'a.jpg'),
    new File([zip], 'photos.dat'),
    new File([latin1('text')], 'notes.jpg'),
    new File([], 'empty.png'),
    new File([photo], 'Thumbs.db'),
  ];
  expect(await summary(fromFileList(files))).toEqual([
    'a.jpg',
    'photos.dat/inner/b.jpg',
    'notes.jpg',
    'empty.png',
  ]);
});

test('a file that cannot be opened is refused and the next one is read', async () => {
  const files = [
    { path: 'gone/a.jpg', open: () => Promise.reject(new Error('moved')) },
    { path: 'b.jpg', open: async () => new Blob([photo]) },
  ];
  expect(await summary(incoming(files))).toEqual(['gone/a.jpg: unreadable-file', 'b.jpg']);
});

test('nothing is opened before it is asked for', async () => {
  let opened = 0;
  const open = async () => {
    opened += 1;
    return new Blob([photo]);
  };
  const found = incoming([
    { path: 'a.jpg', open },
    { path: 'b.jpg', open },
  ]);
  expect(opened).toBe(0);
  await found.next();
  expect(opened).toBe(1);
  await found.return(undefined);
  expect(opened).toBe(1);
});

/** A dropped folder, answering in portions as browsers do. */
function droppedFolder(path: string, portions: readonly unknown[][]) {
  const rest = [...portions];
  return {
    isFile: false,
    isDirectory: true,
    fullPath: path,
    name: path.split('/').at(-1),
    createReader: () => ({
      readEntries: (done: (entries: unknown[]) => void) => done([...(rest.shift() ?? [])]),
    }),
  };
}

function droppedFile(path: string) {
  const name = path.split('/').at(-1) ?? '';
  return {
    isFile: true,
    isDirectory: false,
    fullPath: path,
    name,
    file: (done: (file: File) => void) => done(new File([photo], name)),
  };
}

test('dropped folders are walked to the bottom; text that was dropped is not', async () => {
  const locked = {
    ...droppedFolder('/trip/locked', []),
    createReader: () => ({
      readEntries: (_: unknown, failed: (error: Error) => void) => failed(new Error('no')),
    }),
  };
  const folder = droppedFolder('/trip', [
    [droppedFile('/trip/a.jpg'), locked],
    [droppedFolder('/trip/day', [[droppedFile('/trip/day/b.jpg')]]), droppedFile('/trip/c.jpg')],
  ]);
  const pasted = new File([photo], 'pasted.png');
  const items = [
    { kind: 'string' },
    { kind: 'file', webkitGetAsEntry: () => folder, getAsFile: () => null },
    { kind: 'file', webkitGetAsEntry: () => null, getAsFile: () => pasted },
  ];
  const dropped = fromDataTransfer(items as unknown as DataTransferItemList);
  // The browser empties the list when the event is over.
  items.length = 0;
  expect(await summary(dropped)).toEqual([
    'trip/a.jpg',
    'trip/locked: unreadable-file',
    'trip/c.jpg',
    'trip/day/b.jpg',
    'pasted.png',
  ]);
});
