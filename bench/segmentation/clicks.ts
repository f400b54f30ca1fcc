import { openNodeSam } from '../../models/node-sam.ts';
import { chooseByLook, chooseLikeSam } from '../../web/core/segmentation/choose.ts';
import { pairNames, readPair } from './pairs.ts';
import { MOST_CLICKS, type Summary, scorePhoto, summarise } from './score.ts';

const RULES = { 'SAM’s own rule': chooseLikeSam, Maskwright: chooseByLook };

/** How many simulated clicks a mask takes, for a folder of pairs, as Markdown. */
export async function clicksTable(folder: string): Promise<string> {
  const names = pairNames(folder);
  if (names.length === 0) throw new Error(`${folder} has no photo with a mask beside it.`);
  const sam = await openNodeSam();
  const scores = new Map(Object.keys(RULES).map((rule) => [rule, [] as (readonly number[])[]]));
  for (const file of names) {
    const { photo, truth } = await readPair(folder, file);
    const encoded = await sam.encode(photo);
    for (const [rule, choose] of Object.entries(RULES)) {
      const ious = await scorePhoto(encoded, truth, choose);
      scores.get(rule)?.push(ious);
      console.log(`${file}  ${rule}: ${ious.map((iou) => iou.toFixed(3)).join(' ')}`);
    }
  }
  return [
    `### Simulated clicks on ${names.length} photos with ground truth, at most ${MOST_CLICKS} clicks`,
    '',
    '| rule | IoU@1 | IoU@3 | IoU@5 | clicks to 0.85 | clicks to 0.90 |',
    '|---|---|---|---|---|---|',
    ...[...scores].map(([rule, ious]) => row(rule, summarise(ious))),
    '',
  ].join('\n');
}

/**
 * Prints how many simulated clicks a mask takes, for a folder of NAME.jpg + NAME.png (255 object,
 * 0 background, 128 ignore): `node scripts/run.mjs bench/segmentation/clicks.ts FOLDER`.
 */
export async function main([folder]: readonly string[]): Promise<void> {
  if (!folder) throw new Error('Name a folder of photos (NAME.jpg) and masks (NAME.png).');
  console.log(await clicksTable(folder));
}

function row(rule: string, { at1, at3, at5, to85, to90 }: Summary): string {
  const cells = [at1, at3, at5].map((iou) => iou.toFixed(3));
  return `| ${[rule, ...cells, to85.toFixed(2), to90.toFixed(2)].join(' | ')} |`;
}
