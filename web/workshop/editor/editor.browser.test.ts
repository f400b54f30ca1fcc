import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { itemsOf, type OpenWorkshop, openWorkshop, pictureFile } from '../testing/hand.ts';
import { shownEdits } from './shown-edits.ts';

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
  expect(editor.moving()).toBeNull();
  // The focus leaves the slider: it reports its value once more.
  editor.setEdit('brightness', 0.3, true);
  expect(editor.viewMode()).toBe('result');
  editor.undo();
  expect(editor.component().edits.brightness).toBe(0);
});

test('what is typed into a field is one undo step, until the field is left', () => {
  const { editor } = workshop;
  for (const name of ['r', 're', 'red']) editor.rename(name);
  editor.settle();
  for (const name of ['red s', 'red sheep']) editor.rename(name);
  editor.setClass('sheep');
  editor.undo();
  expect([editor.draft().name, editor.draft().className]).toEqual(['red sheep', '']);
  editor.undo();
  expect(editor.draft().name).toBe('red');
  editor.undo();
  expect(editor.draft().name).toBe('');
});

test('ranges, their count and presets are undone like any other change', () => {
  const { editor } = workshop;
  editor.setEdit('hue', { from: -30, to: 30 }, true);
  expect(editor.draft().count).toBe(5);
  editor.setSample(4);
  editor.setCount(3);
  expect(editor.sample()).toBe(2);
  editor.settle();
  const night = { ...editor.component().edits, hue: 0, gamma: { from: -0.5, to: -0.3 } };
  editor.applyEdits(night, 2);
  expect([editor.draft().count, editor.component().edits.gamma]).toEqual([2, night.gamma]);
  editor.undo();
  expect([editor.draft().count, editor.component().edits.gamma]).toEqual([3, 0]);
  editor.undo();
  editor.undo();
  expect([editor.draft().count, editor.component().edits.hue]).toEqual([undefined, 0]);
});

test('the canvas shows the values of the chosen variant, and the end that is dragged', () => {
  const { editor, photos } = workshop;
  editor.setEdit('hue', { from: -30, to: 30 }, true);
  const hueOf = () => shownEdits(editor, photos.list[0], 1)[0].hue;
  const hues = [0, 1, 2, 3, 4].map((sample) => {
    editor.setSample(sample);
    return hueOf();
  });
  expect(new Set(hues).size).toBe(5);
  editor.setEdit('hue', { from: -45, to: 30 }, false, -45);
  expect(hueOf()).toBe(-45);
  editor.setEdit('hue', { from: -45, to: 30 }, true);
  const before = hueOf();
  expect(before).not.toBe(-45);
  editor.reshuffle();
  expect(hueOf()).not.toBe(before);
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
