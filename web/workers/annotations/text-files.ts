import { isCoco, readCoco } from '../../core/import/coco.ts';
import type { Collector } from '../../core/import/collect.ts';
import { readCvat } from '../../core/import/cvat.ts';
import { isDatumaro, readDatumaro } from '../../core/import/datumaro.ts';
import { isRecord } from '../../core/import/json-values.ts';
import type { AnnotationFile } from './contract.ts';
import { readText } from './read-text.ts';

/** COCO or Datumaro, told by what is inside; our own manifest and recipe say nothing of masks. */
export async function readJsonFile(file: AnnotationFile, collector: Collector): Promise<void> {
  const { path } = file;
  const text = await readText(file);
  if (!text.ok) {
    collector.problem(path, '', text.problem);
    return;
  }
  let value: unknown;
  try {
    value = JSON.parse(text.value);
  } catch (error) {
    collector.problem(path, '', { kind: 'malformed', what: (error as Error).message });
    return;
  }
  if (isCoco(value)) readCoco(value, collector.sinkFor('COCO', path));
  else if (isDatumaro(value)) readDatumaro(value, collector.sinkFor('Datumaro', path));
  else if (!isRecord(value) || value.maskwright === undefined) {
    collector.problem(path, '', { kind: 'unknown-format' });
  }
}

const ROOT = /^\ufeff?(?:\s|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)*<([\w.:-]+)/;

/**
 * CVAT. The XML files of Pascal VOC hold boxes, which are worth a word only where the dataset has
 * no masks beside them.
 */
export async function readXmlFile(
  file: AnnotationFile,
  hasVocMasks: boolean,
  collector: Collector,
): Promise<void> {
  const { path } = file;
  const text = await readText(file);
  if (!text.ok) {
    collector.problem(path, '', text.problem);
    return;
  }
  const root = ROOT.exec(text.value)?.[1];
  if (root === 'annotation') {
    if (!hasVocMasks) collector.sinkFor('Pascal VOC', path).other();
    return;
  }
  const fault = readCvat(text.value, collector.sinkFor('CVAT', path));
  if (fault) {
    collector.problem(path, `line ${fault.line}`, { kind: 'malformed', what: fault.what });
  } else if (root !== 'annotations') collector.problem(path, '', { kind: 'unknown-format' });
}
