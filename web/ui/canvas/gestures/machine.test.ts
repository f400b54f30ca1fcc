import { beforeEach, expect, test } from 'vitest';
import type { Touch } from './gesture.ts';
import { createGestureMachine } from './machine.ts';

let log: string[];
let wantsPan: boolean;

/** A canvas that shows the image at half its size. */
function makeMachine() {
  return createGestureMachine({
    get wantsPan() {
      return wantsPan;
    },
    toImage: ({ x, y }) => ({ x: x * 2, y: y * 2 }),
    click: ({ x, y }, inverted) => log.push(`click ${x},${y}${inverted ? ' inverted' : ''}`),
    previewBox: (box) => log.push(box ? 'box…' : 'box gone'),
    drawBox: ({ x0, y0, x1, y1 }) => log.push(`box ${x0},${y0},${x1},${y1}`),
    pan: ({ x, y }) => log.push(`pan ${x},${y}`),
    zoom: (_, factor) => log.push(`zoom ${factor}`),
  });
}

function at(x: number, y: number, more: Partial<Touch> = {}): Touch {
  return { id: 1, at: { x, y }, button: 0, shift: false, isTouch: false, ...more };
}

beforeEach(() => {
  log = [];
  wantsPan = false;
});

test('press and release is a click, where it was pressed', () => {
  const machine = makeMachine();
  machine.down(at(10, 20));
  machine.move(at(12, 21));
  machine.up(at(12, 21));
  expect(log).toEqual(['click 10,20']);
  expect(machine.state()).toBe('idle');
});

test('right button and Shift invert the click', () => {
  const machine = makeMachine();
  machine.down(at(1, 1, { button: 2 }));
  machine.up(at(1, 1, { button: 2 }));
  machine.down(at(2, 2, { shift: true }));
  machine.up(at(2, 2, { shift: true }));
  expect(log).toEqual(['click 1,1 inverted', 'click 2,2 inverted']);
});

test('dragging draws a box, in image pixels, whatever the direction', () => {
  const machine = makeMachine();
  machine.down(at(50, 40));
  machine.move(at(10, 10));
  machine.up(at(10, 10));
  expect(log).toEqual(['box…', 'box 20,20,100,80', 'box gone']);
});

test('a drag along one line draws no box', () => {
  const machine = makeMachine();
  machine.down(at(10, 10));
  machine.move(at(60, 10));
  machine.up(at(60, 10));
  expect(log).toEqual(['box…', 'box gone']);
});

test('Escape while dragging draws nothing', () => {
  const machine = makeMachine();
  machine.down(at(10, 10));
  machine.move(at(50, 50));
  machine.cancel();
  machine.up(at(50, 50));
  expect(log).toEqual(['box…', 'box gone']);
});

test('a finger may slip further than a mouse', () => {
  const machine = makeMachine();
  machine.down(at(10, 10, { isTouch: true }));
  machine.move(at(18, 10, { isTouch: true }));
  machine.up(at(18, 10, { isTouch: true }));
  expect(log).toEqual(['click 10,10']);
});

test('a second finger turns a press into a pinch and never a click', () => {
  const machine = makeMachine();
  machine.down(at(0, 0, { isTouch: true }));
  machine.down(at(100, 0, { id: 2, isTouch: true }));
  machine.move(at(200, 0, { id: 2, isTouch: true }));
  machine.up(at(200, 0, { id: 2, isTouch: true }));
  machine.up(at(0, 0, { isTouch: true }));
  expect(log).toEqual(['pan 50,0', 'zoom 2']);
  expect(machine.state()).toBe('idle');
});

test('with the space bar held, dragging moves the photo', () => {
  wantsPan = true;
  const machine = makeMachine();
  machine.down(at(10, 10));
  machine.move(at(30, 15));
  machine.up(at(30, 15));
  expect(log).toEqual(['pan 20,5']);
});
