import { expect, test } from 'vitest';
import { createConsole } from './console.ts';
import type { RunnerEvent } from './events.ts';

const photo = (done: number): RunnerEvent => ({
  event: 'photo',
  file: `${done}.jpg`,
  made: 1,
  kept: 0,
  failed: 0,
  done,
  total: 4,
  rate: 0.5,
  secondsLeft: (4 - done) * 2,
});

function told(options: { isTTY?: boolean; json?: boolean; quiet?: boolean }, stepMs: number) {
  const said = { stdout: '', stderr: '' };
  let time = 0;
  const report = createConsole({
    stdout: { write: (text) => (said.stdout += text) },
    stderr: { write: (text) => (said.stderr += text), isTTY: options.isTTY === true, columns: 60 },
    json: options.json === true,
    quiet: options.quiet === true,
    now: () => {
      time += stepMs;
      return time;
    },
  });
  for (let done = 1; done <= 4; done++) report(photo(done));
  report({ event: 'trouble', file: 'x.jpg', message: '“x.jpg” is empty.', next: 'Copy it again.' });
  return said;
}

test('a terminal has one line that is drawn anew, never wider than the window', () => {
  const { stderr } = told({ isTTY: true }, 1000);
  expect(stderr).toContain('3 of 4 photos, 0.50/s, 2 s left');
  expect(stderr).toContain('\r\u001b[K“x.jpg” is empty. Copy it again.\n');
  expect(stderr.split('\n')).toHaveLength(2);
  for (const drawn of stderr.replaceAll('\r\u001b[K', '\n').split('\n'))
    expect(drawn.length).toBeLessThan(60);
});

test('a terminal has its bar while the engine starts', () => {
  let stderr = '';
  const report = createConsole({
    stdout: { write: () => true },
    // A pseudo-terminal that nobody gave a size.
    stderr: { write: (text) => (stderr += text), isTTY: true, columns: 0 },
    json: false,
    quiet: false,
    now: () => 0,
  });
  report({ event: 'start', photos: 4, threads: 2, backend: 'engine 1, cpu' });
  expect(stderr).toMatch(/^2 threads, engine 1, cpu\.\n░+ 0 of 4 photos$/);
});

test('a log gets a line now and then, and the last one always', () => {
  const { stderr } = told({}, 4000);
  expect(stderr.trim().split('\n')).toEqual([
    '1 of 4 photos, 0.50/s, 6 s left',
    '4 of 4 photos, 0.50/s',
    '“x.jpg” is empty. Copy it again.',
  ]);
});

test('quiet says what is wrong and nothing else; json says everything, on stdout', () => {
  expect(told({ quiet: true }, 1000).stderr).toBe('“x.jpg” is empty. Copy it again.\n');
  const { stdout, stderr } = told({ json: true, isTTY: true }, 1000);
  expect(stderr).toBe('');
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toHaveLength(5);
});
