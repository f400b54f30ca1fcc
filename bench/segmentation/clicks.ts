import { createRandom } from '../../models/choose-fit/random.ts';
import { type NodeSam, openNodeSam } from '../../models/node-sam.ts';
import { chooseByLook, chooseLikeSam } from '../../web/core/segmentation/choose.ts';
import { TIERS, type Tier } from '../../web/core/segmentation/tiers.ts';
import { LARGE_SHARES, largePair } from './large.ts';
import { type Pair, pairNames, readPair } from './pairs.ts';
import { MOST_CLICKS, type Summary, scorePhoto, summarise } from './score.ts';
import { firstClicks } from './simulate.ts';

const RULES = { 'SAM’s own rule': chooseLikeSam, Maskwright: chooseByLook };

/** What is compared: every tier with our choice, and the reference with SAM's own. */
const WAYS: readonly { tier: Tier; rule: keyof typeof RULES }[] = [
  { tier: 'reference', rule: 'SAM’s own rule' },
  ...TIERS.map((tier) => ({ tier, rule: 'Maskwright' as const })),
];

/**
 * First clicks on each small photo. Few photos make means that one click gone astray moves a lot;
 * more places to begin at make them steadier.
 */
const STARTS = 4;

/** For every way, and then every series of clicks: IoU after 1, 2, … clicks. */
type Scores = readonly (readonly (readonly number[])[])[];

/** How many simulated clicks a mask takes in every tier, for a folder of pairs, as Markdown. */
export async function clicksTable(folder: string): Promise<string> {
  const names = pairNames(folder);
  if (names.length === 0) throw new Error(`${folder} has no photo with a mask beside it.`);
  const sam = await openNodeSam();
  const small = await score(sam, names.length, STARTS, (index) => readPair(folder, names[index]));
  const careful = small.map((series) => series.filter((_, at) => at % STARTS === 0));
  const count = names.length * LARGE_SHARES.length;
  const large = await score(sam, count, 1, (index) => {
    const share = LARGE_SHARES[index % LARGE_SHARES.length];
    const at = Math.floor(index / LARGE_SHARES.length);
    return largePair(folder, names[at], at, share);
  });
  const shares = LARGE_SHARES.map((share) => `${100 * share} %`).join(', ');
  return [
    `### Simulated clicks on ${names.length} photos with ground truth, at most ${MOST_CLICKS} clicks`,
    '',
    ...tableOf(careful),
    '',
    `### The same photos, with ${STARTS} places for the first click: ${STARTS * names.length} series`,
    '',
    ...tableOf(small),
    '',
    `### The same objects at ${shares} of ${count} photos of 2400 × 1600`,
    '',
    ...tableOf(large),
    '',
  ].join('\n');
}

async function score(
  sam: NodeSam,
  count: number,
  starts: number,
  read: (index: number) => Promise<Pair>,
): Promise<Scores> {
  const scores = WAYS.map((): (readonly number[])[] => []);
  for (let index = 0; index < count; index++) {
    const { name, photo, truth } = await read(index);
    const firsts = firstClicks(truth, starts, createRandom(index + 1));
    for (const [way, { tier, rule }] of WAYS.entries()) {
      const encoded = await sam.encode(photo, tier);
      for (const first of firsts) {
        const ious = await scorePhoto(encoded, truth, RULES[rule], first);
        scores[way].push(ious);
        console.log(`${name}  ${tier}, ${rule}: ${ious.map((iou) => iou.toFixed(3)).join(' ')}`);
      }
    }
  }
  return scores;
}

function tableOf(scores: Scores): string[] {
  return [
    '| tier | rule | IoU@1 | IoU@3 | IoU@5 | clicks to 0.85 | clicks to 0.90 |',
    '|---|---|---|---|---|---|---|',
    ...WAYS.map(({ tier, rule }, way) => row([tier, rule], summarise(scores[way]))),
  ];
}

/**
 * Prints how many simulated clicks a mask takes, for a folder of NAME.jpg + NAME.png (255 object,
 * 0 background, 128 ignore): `node scripts/run.mjs bench/segmentation/clicks.ts FOLDER`.
 */
export async function main([folder]: readonly string[]): Promise<void> {
  if (!folder) throw new Error('Name a folder of photos (NAME.jpg) and masks (NAME.png).');
  console.log(await clicksTable(folder));
}

function row(names: readonly string[], { at1, at3, at5, to85, to90 }: Summary): string {
  const cells = [at1, at3, at5].map((iou) => iou.toFixed(3));
  return `| ${[...names, ...cells, to85.toFixed(2), to90.toFixed(2)].join(' | ')} |`;
}
