import { fail, ok } from '../../core/flow/result.ts';
import type { AnnotationFault } from '../../core/import/annotation-problem.ts';
import { type Collector, createCollector } from '../../core/import/collect.ts';
import { annotationFileKind, maskClass, pictureOf } from '../../core/import/file-kind.ts';
import { readMaskPicture, readVocMask } from '../../core/import/mask-picture.ts';
import { readYoloLabel } from '../../core/import/yolo.ts';
import type { Codecs } from '../../files/codecs/codecs.ts';
import { decodeImage } from '../../files/decode/decode-image.ts';
import type { AnnotationFile, AnnotationsApi } from './contract.ts';
import { nearest, readClassNames, readColours } from './names.ts';
import { readText } from './read-text.ts';
import { readJsonFile, readXmlFile } from './text-files.ts';

/** Masks are pictures like photos; larger ones than this belong to none. */
const MAX_MASK_PIXELS = 400_000_000;

/** Reads annotation files; `web/core/import` knows the formats. */
export function createAnnotationReader(codecs: Codecs): AnnotationsApi {
  let isCancelled = false;

  async function readMask(
    { path, blob }: AnnotationFile,
    kind: 'voc-mask' | 'mask',
    labels: ReadonlyMap<number, string>,
    collector: Collector,
  ): Promise<void> {
    const problem = (fault: AnnotationFault) => collector.problem(path, '', fault);
    const bytes = await blob.arrayBuffer().catch(() => null);
    if (!bytes) {
      problem({ kind: 'unreadable' });
      return;
    }
    const image = await decodeImage(new Uint8Array(bytes), codecs, {
      imagePixels: MAX_MASK_PIXELS,
    });
    if (!image.ok) {
      problem({ kind: 'malformed', what: `the picture is ${image.problem.kind}` });
      return;
    }
    const { raster } = image.value;
    const sink = collector.sinkFor(kind === 'mask' ? 'mask PNG' : 'Pascal VOC', path);
    if (kind === 'mask') readMaskPicture(raster, pictureOf(path), maskClass(path), sink);
    else readVocMask(raster, pictureOf(path), labels, sink);
  }

  async function readOne(file: AnnotationFile, names: Names, collector: Collector): Promise<void> {
    const kind = annotationFileKind(file.path);
    switch (kind) {
      case 'voc-mask':
      case 'mask':
        return readMask(file, kind, nearest(names.colours, file.path) ?? new Map(), collector);
      case 'json':
        return readJsonFile(file, collector);
      case 'xml':
        return readXmlFile(file, names.hasVocMasks, collector);
      case 'yolo-label': {
        const text = await readText(file);
        if (!text.ok) return collector.problem(file.path, '', text.problem);
        const classes = nearest(names.classes, file.path) ?? new Map();
        readYoloLabel(
          text.value,
          pictureOf(file.path),
          classes,
          collector.sinkFor('YOLO', file.path),
        );
        return;
      }
      default:
        return;
    }
  }

  return {
    async read(files, photos, onProgress) {
      isCancelled = false;
      const collector = createCollector(photos);
      // Names first: labels and masks that come before them in an archive need them.
      const names: Names = {
        classes: await readClassNames(files, collector),
        colours: await readColours(files, collector),
        hasVocMasks: files.some(({ path }) => annotationFileKind(path) === 'voc-mask'),
      };
      for (const [index, file] of files.entries()) {
        if (isCancelled) return fail({ kind: 'cancelled' });
        await readOne(file, names, collector);
        onProgress({ files: index + 1, totalFiles: files.length });
      }
      return ok(collector.finish());
    },
    async cancel() {
      isCancelled = true;
    },
  };
}

interface Names {
  readonly classes: ReadonlyMap<string, ReadonlyMap<number, string>>;
  readonly colours: ReadonlyMap<string, ReadonlyMap<number, string>>;
  readonly hasVocMasks: boolean;
}
