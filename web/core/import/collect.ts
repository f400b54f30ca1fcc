import type { RunLengths } from '../mask/rle.ts';
import { rleArea } from '../mask/rle-measures.ts';
import { rleToText } from '../mask/rle-text.ts';
import { unionOfAll } from '../mask/rle-union.ts';
import type { GivenMask } from '../transfer/given-mask.ts';
import type { AnnotationFault, AnnotationProblem } from './annotation-problem.ts';
import {
  ANNOTATION_KINDS,
  type AnnotationKind,
  type FoundMask,
  type ImportSink,
} from './found-mask.ts';
import { createPhotoFinder, type KnownPhoto } from './photo-finder.ts';
import { shapeRuns } from './shape-runs.ts';

/** Masks of one class by photo hash, in the order of the photos. */
export type ClassMasks = ReadonlyMap<string, GivenMask>;

/** The masks of one class: what becomes a template, or several. */
export interface ImportedClass {
  readonly className: string;
  /** All of a photo's objects as one. */
  readonly masks: ClassMasks;
  /** Each object by itself: the largest of every photo, then the next one of those that have it … */
  readonly objects: readonly ClassMasks[];
}

/** What an import has found. */
export interface ImportedAnnotations {
  /** Sorted by name. */
  readonly classes: readonly ImportedClass[];
  /** The formats that masks were taken from, with the photos of each. */
  readonly kinds: readonly { readonly kind: AnnotationKind; readonly photos: number }[];
  /** Photos of the dataset that have a mask now. */
  readonly photos: number;
  /** Pictures that files speak of and the dataset does not hold, sorted. */
  readonly unknown: readonly string[];
  /** Boxes, points and the like. */
  readonly others: number;
  /** The first ones; `problemCount` counts all. */
  readonly problems: readonly AnnotationProblem[];
  readonly problemCount: number;
}

/** More masks than this in one import are refused: memory has an end. */
const MAX_MASKS = 500_000;
const MAX_PROBLEMS = 200;

/** Masks by their compressed run lengths: equal ones are one object. */
type Objects = Map<string, RunLengths>;
type ObjectsByClass = Map<string, Objects>;
type ObjectsByKind = Map<AnnotationKind, ObjectsByClass>;

export interface Collector {
  /** Where the reader of one file tells what it finds. */
  sinkFor(kind: AnnotationKind, file: string): ImportSink;
  problem(file: string, place: string, fault: AnnotationFault): void;
  finish(): ImportedAnnotations;
}

/**
 * Gathers masks by photo and class, those of several objects both joined and apart; one that is there
 * twice counts once. Where several formats speak of one photo, as in an archive with all of them,
 * only the most trusted one counts: `ANNOTATION_KINDS` is their order.
 */
export function createCollector(photos: readonly KnownPhoto[]): Collector {
  const find = createPhotoFinder(photos);
  const byPhoto = new Map<string, ObjectsByKind>();
  const unknown = new Set<string>();
  const problems: AnnotationProblem[] = [];
  let problemCount = 0;
  let others = 0;
  let masks = 0;

  function problem(file: string, place: string, fault: AnnotationFault): void {
    problemCount += 1;
    if (problems.length < MAX_PROBLEMS) problems.push({ file, place, fault });
  }

  function add(kind: AnnotationKind, file: string, found: FoundMask) {
    const { image, className, place, size, shape } = found;
    masks += 1;
    if (masks > MAX_MASKS) {
      if (masks === MAX_MASKS + 1) problem(file, '', { kind: 'too-many-masks', limit: MAX_MASKS });
      return;
    }
    const photo = find(image);
    if (photo === 'unknown') {
      unknown.add(image);
      return;
    }
    if (photo === 'ambiguous') return problem(file, place, { kind: 'photo-ambiguous', image });
    if (size && (size.width !== photo.width || size.height !== photo.height)) {
      const said = `${size.width} × ${size.height}`;
      const has = `${photo.width} × ${photo.height}`;
      return problem(file, place, { kind: 'wrong-size', said, photo: has });
    }
    const runs = shapeRuns(shape, photo);
    if (!runs.ok) return problem(file, place, { kind: 'bad-value', what: runs.problem });
    // "Nothing here" is worth knowing for training, and makes no mask.
    if (rleArea(runs.value) === 0) return;
    const kinds: ObjectsByKind = byPhoto.get(photo.hash) ?? new Map();
    const classes: ObjectsByClass = kinds.get(kind) ?? new Map();
    const objects: Objects = classes.get(className) ?? new Map();
    // Datasets name an object in the file of everything and again in that of its split.
    classes.set(className, objects.set(rleToText(runs.value), runs.value));
    byPhoto.set(photo.hash, kinds.set(kind, classes));
  }

  return {
    problem,
    sinkFor: (kind, file) => ({
      mask: (found) => add(kind, file, found),
      other: () => {
        others += 1;
      },
      problem: (place, fault) => problem(file, place, fault),
    }),

    finish() {
      const classes = new Map<string, PhotoObjects[]>();
      const used = new Map<AnnotationKind, number>();
      for (const photo of photos) {
        const kinds = byPhoto.get(photo.hash);
        const kind = kinds && ANNOTATION_KINDS.find((one) => kinds.has(one));
        if (!kind) continue;
        used.set(kind, (used.get(kind) ?? 0) + 1);
        for (const [className, objects] of kinds.get(kind) ?? []) {
          const list = classes.get(className) ?? [];
          list.push({ photo, objects });
          classes.set(className, list);
        }
      }
      return {
        classes: [...classes]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([className, list]) => ({ className, ...masksOf(list) })),
        kinds: ANNOTATION_KINDS.flatMap((kind) => {
          const count = used.get(kind);
          return count ? [{ kind, photos: count }] : [];
        }),
        photos: byPhoto.size,
        unknown: [...unknown].sort(),
        others,
        problems,
        problemCount,
      };
    },
  };
}

/** What a photo has of one class. */
interface PhotoObjects {
  readonly photo: KnownPhoto;
  readonly objects: Objects;
}

function masksOf(list: readonly PhotoObjects[]): Pick<ImportedClass, 'masks' | 'objects'> {
  const masks = new Map<string, GivenMask>();
  const apart: Map<string, GivenMask>[] = [];
  for (const { photo, objects } of list) {
    const { hash, width, height } = photo;
    masks.set(hash, { width, height, rle: rleToText(unionOfAll([...objects.values()])) });
    const sized = [...objects].map(([rle, runs]) => ({ rle, area: rleArea(runs) }));
    sized.sort((a, b) => b.area - a.area);
    sized.forEach(({ rle }, i) => {
      apart[i] ??= new Map();
      apart[i].set(hash, { width, height, rle });
    });
  }
  return { masks, objects: apart.length > 1 ? apart : [masks] };
}
