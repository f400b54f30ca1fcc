import { expect, test } from 'vitest';
import { createPhotoFinder } from './photo-finder.ts';

const photo = (hash: string, ...paths: string[]) => ({ hash, width: 1, height: 1, paths });

function find(image: string, ...photos: ReturnType<typeof photo>[]): string {
  const found = createPhotoFinder(photos)(image);
  return typeof found === 'string' ? found : found.hash;
}

test.each([
  ['a.jpg', 'zoo/a.jpg'],
  ['deep/in/a.jpg', 'a.jpg'],
  ['A.JPG', 'a.jpg'],
  ['images\\a.jpg', 'a.jpg'],
  ['./a.jpg', 'a.jpg'],
  // Labels and masks know no extension; and a picture may have been converted.
  ['labels/train/a', 'images/train/a.jpg'],
  ['a.bmp', 'a.png'],
  ['1.5 m', '1.5 m.jpg'],
])('%s is %s', (image, path) => expect(find(image, photo('p', path))).toBe('p'));

test('names must agree', () => {
  expect(find('a.jpg', photo('p', 'aa.jpg'), photo('q', 'b/a.jpg.png'))).toBe('unknown');
  expect(find('', photo('p', 'a.jpg'))).toBe('unknown');
});

test('of several with one name the one in the same folders is meant', () => {
  const photos = [
    photo('train', 'd.zip/images/train/a.jpg'),
    photo('val', 'd.zip/images/val/a.jpg'),
  ];
  expect(find('d.zip/labels/val/a', ...photos)).toBe('val');
  expect(find('train/a.jpg', ...photos)).toBe('train');
  expect(find('a.jpg', ...photos)).toBe('ambiguous');
});

test('the same extension goes before the same name', () => {
  expect(find('a.png', photo('jpg', 'a.jpg'), photo('png', 'a.png'))).toBe('png');
  expect(find('a', photo('jpg', 'a.jpg'), photo('png', 'a.png'))).toBe('ambiguous');
});

test('a copy that came with the photo counts as its name too', () => {
  expect(find('x/t_a.png', photo('p', 'variants/t/a.png', 'yolo/images/t_a.png'))).toBe('p');
});
