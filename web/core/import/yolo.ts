import type { ImportSink } from './found-mask.ts';

/** The name of a class that no file names. */
export function unnamedClass(index: number): string {
  return `class ${index}`;
}

/** The class names of a `classes.txt`: one a line, numbered from 0; an empty line names none. */
export function readClassList(text: string): Map<number, string> {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
  return new Map([...lines.entries()].filter(([, name]) => name !== ''));
}

/**
 * Reads a YOLO label file: `class x y x y …` a line, in shares of width and height. A line of five
 * values is a box.
 *
 * Format: https://docs.ultralytics.com/datasets/segment/
 * @param image path of the picture, without extension
 * @param names of the classes, by number
 */
export function readYoloLabel(
  text: string,
  image: string,
  names: ReadonlyMap<number, string>,
  sink: ImportSink,
): void {
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() !== '') readLine(line.trim(), `line ${index + 1}`, image, names, sink);
  }
}

function readLine(
  line: string,
  place: string,
  image: string,
  names: ReadonlyMap<number, string>,
  sink: ImportSink,
) {
  const bad = (what: string) => sink.problem(place, { kind: 'bad-value', what });
  const [classIndex, ...ring] = line.split(/\s+/).map(Number);
  if (!Number.isSafeInteger(classIndex) || classIndex < 0 || ring.some(Number.isNaN)) {
    return bad('it is no class number with coordinates');
  }
  if (ring.length === 4) return sink.other();
  if (ring.some((value) => value < 0 || value > 1)) {
    return bad('coordinates must be between 0 and 1');
  }
  const className = names.get(classIndex) ?? unnamedClass(classIndex);
  sink.mask({ image, size: null, className, shape: { kind: 'unit-polygon', ring }, place });
}
