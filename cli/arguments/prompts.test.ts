import { expect, test } from 'vitest';
import { parseCommand } from './parse.ts';
import { promptsOf } from './prompts.ts';

const PHOTO = { width: 800, height: 600 };
const prompts = (...words: readonly string[]) =>
  promptsOf(parseCommand('segment', ['photo.jpg', ...words]), PHOTO);

test('clicks keep the order in which they were typed', () => {
  expect(prompts('--exclude', '40,60', '--point', '512,300', '--exclude', '1.5,2')).toEqual({
    points: [
      { x: 40, y: 60, include: false },
      { x: 512, y: 300, include: true },
      { x: 1.5, y: 2, include: false },
    ],
    box: null,
  });
});

test('a box may be drawn from any corner; the candidate belongs to the last step', () => {
  const box = { x0: 100, y0: 80, x1: 700, y1: 540 };
  expect(prompts('--box', '700,80,100,540', '--candidate', '2')).toEqual({
    points: [],
    box: { ...box, candidate: 2 },
  });
  expect(prompts('--box', '100,80,700,540', '--point', '5,6', '--candidate', '0')).toEqual({
    points: [{ x: 5, y: 6, include: true, candidate: 0 }],
    box,
  });
});

test.each([
  [['--point', '801,1'], /no place on a photo of 800 × 600/],
  [['--point', '1'], /--point X,Y/],
  [['--point', '1,'], /--point X,Y/],
  [['--box', '1,2,3'], /--box X0,Y0,X1,Y1/],
  [['--exclude', '1,2'], /no click on the object/],
  [['--point', '1,2', '--candidate', '4'], /--candidate 4/],
])('%j is refused', (words, message) => {
  let problem = { message: '', next: '' };
  try {
    prompts(...words);
  } catch (error) {
    problem = (error as { problem: typeof problem }).problem;
  }
  expect(`${problem.message} ${problem.next}`).toMatch(message);
});
