import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, expect, test } from 'vitest';
import type { RunnerEvent } from './report/events.ts';
import { temporaryFolder, writeFiles } from './testing/command.ts';
import { pictureFile, WHOLE_RECIPE } from './testing/pictures.ts';

/*
 * The command as it is typed, in processes of its own, with its worker threads. Where a process is
 * ended is told by what it has said, never by the clock.
 */
const BIN = resolve(import.meta.dirname, 'bin.mjs');
const PHOTOS = 24;
const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const children = new Set<ChildProcessWithoutNullStreams>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/**
 * Runs a command to its end, or until it has told of `photos` photos and gets the signal.
 * @returns exit code, null after SIGKILL, and what was told
 */
async function run(
  words: readonly string[],
  end?: { readonly photos: number; readonly signal: NodeJS.Signals },
) {
  const child = spawn(process.execPath, [BIN, ...words, '--json']);
  children.add(child);
  const exit = once(child, 'exit');
  const events: RunnerEvent[] = [];
  let photos = 0;
  for await (const line of createInterface(child.stdout)) {
    const event = JSON.parse(line) as RunnerEvent;
    events.push(event);
    if (event.event === 'photo') photos += 1;
    if (end && photos === end.photos && event.event === 'photo') child.kill(end.signal);
  }
  const [code] = await exit;
  children.delete(child);
  return { code: code as number | null, events };
}

const work = (out: string, ...more: readonly string[]) => [
  ...['run', at('recipe.json'), at('photos'), '-o', at(out), '--threads', '2'],
  ...more,
];

beforeAll(async () => {
  const photos = await Promise.all(Array.from({ length: PHOTOS }, (_, i) => pictureFile(i)));
  writeFiles(folder, {
    'recipe.json': JSON.stringify(WHOLE_RECIPE),
    ...Object.fromEntries(photos.map((bytes, i) => [`photos/${i}.png`, bytes])),
  });
});

test('workers that are killed and started again leave what one worker makes', async () => {
  expect((await run(work('whole.zip'))).code).toBe(0);
  for (const shard of ['1/3', '2/3', '3/3']) {
    const words = work('parts', '--shard', shard, '--resume');
    const killed = await run(words, { photos: 2, signal: 'SIGKILL' });
    expect(killed.code).toBe(null);
    const again = await run(words);
    expect(again.code).toBe(0);
    const kept = again.events.filter((event) => event.event === 'photo' && event.kept > 0);
    expect(kept.length).toBeGreaterThanOrEqual(2);
  }
  expect((await run(['merge', at('parts'), '-o', at('merged.zip')])).code).toBe(0);
  expect(Buffer.compare(readFileSync(at('merged.zip')), readFileSync(at('whole.zip')))).toBe(0);
}, 120_000);

test('Ctrl+C stops after the photos in hand, and --resume goes on', async () => {
  const stopped = await run(work('stopped.zip'), { photos: 3, signal: 'SIGINT' });
  expect(stopped.code).toBe(130);
  expect(stopped.events.at(-1)).toMatchObject({ event: 'error', code: 130, message: 'Stopped.' });
  const done = stopped.events.filter(({ event }) => event === 'photo').length;
  expect(done).toBeLessThan(PHOTOS);
  const again = await run(work('stopped.zip', '--resume'));
  const kept = again.events.filter((event) => event.event === 'photo' && event.kept > 0);
  expect(kept).toHaveLength(done);
  expect(Buffer.compare(readFileSync(at('stopped.zip')), readFileSync(at('whole.zip')))).toBe(0);
}, 120_000);
