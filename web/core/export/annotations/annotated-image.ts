import type { OutputFormat } from '../../dataset/image-format.ts';
import type { Mask } from '../../mask/mask.ts';
import { decodeRle, type RunLengths } from '../../mask/rle.ts';
import { rleFromText } from '../../mask/rle-text.ts';
import type { Split } from './splits.ts';

/** A variant as the annotation formats see it: a picture with one object, or with none. */
export interface AnnotatedImage {
  /**
   * From 1: the position of photo × template in the project. It does not depend on which photos
   * failed.
   */
  readonly id: number;
  /** Key of the stored variant. */
  readonly key: string;
  /** Of the variant's bytes, in hexadecimal. */
  readonly sha256: string;
  /** Path of the variant in the archive. */
  readonly file: string;
  /** File name without extension, unique in the project: for formats with one flat folder. */
  readonly name: string;
  readonly format: OutputFormat;
  readonly width: number;
  readonly height: number;
  readonly className: string;
  /** Position of the class in the sorted list of classes, from 0. */
  readonly classIndex: number;
  /** COCO's compressed run lengths of the mask, in the size of the picture. */
  readonly rle: string;
  readonly split: Split;
}

/** @throws Error when the text is no run lengths: it is written by us, so that is a bug */
export function runsOf(image: AnnotatedImage): RunLengths {
  const counts = rleFromText(image.rle);
  if (!counts.ok) throw new Error(`The mask of ${image.file} is ${counts.problem.kind}.`);
  return counts.value;
}

/** @throws Error when the run lengths do not fit the picture, likewise */
export function maskOf(image: AnnotatedImage): Mask {
  const mask = decodeRle(runsOf(image), image);
  if (!mask.ok) throw new Error(`The mask of ${image.file} is ${mask.problem.kind}.`);
  return mask.value;
}
