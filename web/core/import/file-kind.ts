/** What a file is taken for by its path alone, before anybody has looked inside. */
export type AnnotationFileKind =
  /** COCO, Datumaro, or something else in JSON. */
  | 'json'
  /** CVAT, or a box file of Pascal VOC. */
  | 'xml'
  /** The class names of a YOLO dataset. */
  | 'yaml'
  /** The same, a name a line: `classes.txt`, as labelling tools write it. */
  | 'class-list'
  | 'yolo-label'
  | 'label-map'
  /** A class mask of Pascal VOC. */
  | 'voc-mask'
  | 'mask'
  /** A part of a dataset that adds nothing: lists of names, masks of single objects. */
  | 'nothing';

const TEXTS: Readonly<Record<string, AnnotationFileKind>> = {
  json: 'json',
  xml: 'xml',
  yaml: 'yaml',
  yml: 'yaml',
};

const MASK_NAME = /[._-]mask\.png$/i;

/**
 * Whether a file that comes in is an annotation, and of which kind; null for what may be a photo.
 *
 * @param path with its folders, joined by `/`
 */
export function annotationFileKind(path: string): AnnotationFileKind | null {
  const parts = path.toLowerCase().split('/');
  const name = parts.pop() ?? '';
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const lies = (folder: string) => parts.includes(folder);
  if (Object.hasOwn(TEXTS, extension)) return TEXTS[extension];
  if (extension === 'txt') {
    if (name === 'labelmap.txt') return 'label-map';
    if (name === 'classes.txt') return 'class-list';
    if (lies('imagesets')) return 'nothing';
    return lies('labels') ? 'yolo-label' : null;
  }
  if (extension !== 'png') return null;
  if (lies('segmentationclass')) return 'voc-mask';
  if (lies('segmentationobject')) return 'nothing';
  return lies('masks') || lies('mask') || MASK_NAME.test(name) ? 'mask' : null;
}

/** The path of the picture that a mask or label file belongs to, without extension. */
export function pictureOf(path: string): string {
  return path.replace(/[._-]mask\.png$/i, '').replace(/\.[^./]*$/, '');
}

/** The class of a plain mask: the folder below `masks`, as in our own archives, or `object`. */
export function maskClass(path: string): string {
  const parts = path.split('/');
  const at = parts.findLastIndex((part) => /^masks?$/i.test(part));
  return at >= 0 && at + 2 < parts.length ? parts[at + 1] : 'object';
}
