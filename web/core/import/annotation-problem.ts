/** Why an annotation file, or one thing in it, could not be used. The rest goes on. */
export type AnnotationFault =
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'too-large'; readonly bytes: number; readonly limit: number }
  | { readonly kind: 'not-utf8' }
  /** The text breaks the rules of JSON, XML or YAML. */
  | { readonly kind: 'malformed'; readonly what: string }
  | { readonly kind: 'unknown-format' }
  | { readonly kind: 'bad-value'; readonly what: string }
  /** The annotation speaks of a picture of another size than the photo has. */
  | {
      readonly kind: 'wrong-size';
      readonly said: string;
      readonly photo: string;
    }
  | { readonly kind: 'photo-unknown'; readonly image: string }
  | { readonly kind: 'photo-ambiguous'; readonly image: string }
  | { readonly kind: 'not-a-mask' }
  | { readonly kind: 'too-many-masks'; readonly limit: number };

export interface AnnotationProblem {
  /** Path of the file as it came in. */
  readonly file: string;
  /** Where in the file: `annotations[3]`, `line 12`; '' for the whole of it. */
  readonly place: string;
  readonly fault: AnnotationFault;
}

/** What is wrong and what to do, in two plain sentences. */
export function describeAnnotationProblem({ file, place, fault }: AnnotationProblem): {
  message: string;
  next: string;
} {
  const where = place ? `“${file}”, ${place}` : `“${file}”`;
  switch (fault.kind) {
    case 'unreadable':
      return { message: `${where} could not be read.`, next: 'Check the file and add it again.' };
    case 'too-large':
      return {
        message: `${where} has ${megabytes(fault.bytes)}; annotation files may have ${megabytes(fault.limit)}.`,
        next: 'Split it into smaller files and add those.',
      };
    case 'not-utf8':
      return { message: `${where} is not UTF-8 text.`, next: 'Save it as UTF-8 and add it again.' };
    case 'malformed':
      return {
        message: `${where} cannot be read: ${fault.what}.`,
        next: 'Export it again from where it came.',
      };
    case 'unknown-format':
      return {
        message: `${where} holds no annotations of a kind that is known here.`,
        next: 'Known are COCO, YOLO segmentation, Pascal VOC, CVAT for images, Datumaro and mask PNGs.',
      };
    case 'bad-value':
      return { message: `${where}: ${fault.what}.`, next: 'This one was left out.' };
    case 'wrong-size':
      return {
        message: `${where} is for a picture of ${fault.said}; the photo has ${fault.photo}.`,
        next: 'Add the photo in the size that was annotated.',
      };
    case 'photo-unknown':
      return {
        message: `${where} speaks of “${fault.image}”, which is not in the dataset.`,
        next: 'Add that photo, then the annotations again.',
      };
    case 'photo-ambiguous':
      return {
        message: `${where} speaks of “${fault.image}”; several photos have that name.`,
        next: 'Add photos and annotations together, in their folders.',
      };
    case 'not-a-mask':
      return {
        message: `${where} is no mask: it has more than black, white and greys.`,
        next: 'Masks are white inside and black outside.',
      };
    case 'too-many-masks':
      return {
        message: `${where} holds more than ${fault.limit.toLocaleString('en')} masks.`,
        next: 'Split it into smaller files and add those.',
      };
  }
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / (1024 * 1024))} MB`;
}
