import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { itemsOf, type OpenWorkshop, openWorkshop, pictureFile } from '../testing/hand.ts';

let workshop: OpenWorkshop;

beforeEach(async () => {
  workshop = openWorkshop();
  await workshop.photos.add(itemsOf(await pictureFile('a.png'), await pictureFile('b.png', 90)));
});

afterEach(() => workshop.close());

const answerKind = () => workshop.editor.answers.list[workshop.editor.active()]?.kind;
const points = () => workshop.editor.component().prompts.points;

test('a click makes the photo the reference and brings a mask', async () => {
  const { editor, photos } = workshop;
  expect(editor.draft().reference).toBe('');
  expect(editor.click({ x: 40, y: 30 }, true)).toBe(true);
  await vi.waitFor(() => expect(answerKind()).toBe('segmented'));
  expect(editor.draft().reference).toBe(photos.list[0].hash);
  expect(points()).toEqual([{ x: 0.5, y: 0.5, include: true }]);
  const mask = await editor.answers.full(0, { width: 80, height: 60 });
  expect(mask?.data[30 * 80 + 40]).toBe(1);
});

test('undo takes clicks back one by one, redo brings them again', () => {
  const { editor } = workshop;
  editor.click({ x: 40, y: 30 }, true);
  editor.click({ x: 10, y: 10 }, false);
  editor.undo();
  expect(points()).toHaveLength(1);
  editor.undo();
  expect(points()).toHaveLength(0);
  expect(editor.canUndo()).toBe(false);
  editor.redo();
  editor.redo();
  expect(points().map(({ include }) => include)).toEqual([true, false]);
});

test('clear takes all clicks away and can be undone', async () => {
  const { editor } = workshop;
  editor.click({ x: 40, y: 30 }, true);
  editor.clear();
  await vi.waitFor(() => expect(answerKind()).toBe('none'));
  editor.undo();
  expect(points()).toHaveLength(1);
});

test('stepping through candidates goes by size and is remembered with the click', async () => {
  const { editor } = workshop;
  editor.click({ x: 40, y: 30 }, true);
  await vi.waitFor(() => expect(answerKind()).toBe('segmented'));
  editor.stepCandidate(1);
  expect(points()[0].candidate).toBe(2);
  await vi.waitFor(() => {
    const answer = editor.answers.list[0];
    expect(answer?.kind === 'segmented' && answer.segmentation.chosen).toBe(2);
  });
  editor.stepCandidate(-1);
  editor.stepCandidate(-1);
  expect(points()[0].candidate).toBeLessThan(2);
});

test('a whole movement of a slider is one undo step', () => {
  const { editor } = workshop;
  for (const value of [0.1, 0.2, 0.3]) editor.setEdit('brightness', value, false);
  editor.setEdit('brightness', 0.3, true);
  expect(editor.viewMode()).toBe('result');
  editor.undo();
  expect(editor.component().edits.brightness).toBe(0);
});

test('another photo shows where the template lands and refuses clicks', async () => {
  const { editor, photos } = workshop;
  editor.click({ x: 40, y: 30 }, true);
  editor.show(photos.list[1].hash);
  expect(editor.isReference()).toBe(false);
  expect(editor.click({ x: 1, y: 1 }, true)).toBe(false);
  await vi.waitFor(() => expect(answerKind()).toBe('segmented'));
  const mask = await editor.answers.full(0, { width: 90, height: 60 });
  expect(mask?.data[30 * 90 + 45]).toBe(1);
});

test('an answer that failed can be asked for again', async () => {
  const { editor, segmenter } = workshop;
  segmenter.fail = true;
  editor.click({ x: 40, y: 30 }, true);
  await vi.waitFor(() => expect(answerKind()).toBe('failed'));
  segmenter.fail = false;
  editor.retry();
  await vi.waitFor(() => expect(answerKind()).toBe('segmented'));
});

test('parts have clicks and edits of their own, and names of their own', () => {
  const { editor } = workshop;
  editor.click({ x: 40, y: 30 }, true);
  editor.addComponent();
  expect(editor.active()).toBe(1);
  expect(points()).toHaveLength(0);
  editor.renameComponent(1, 'object');
  expect(editor.draft().components.map(({ name }) => name)).toEqual(['object', 'object 2']);
  editor.removeComponent(1);
  expect(editor.active()).toBe(0);
  expect(points()).toHaveLength(1);
});
