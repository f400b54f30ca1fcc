import { cpus } from 'node:os';
import sharp from 'sharp';
import { type Edits, NEUTRAL_EDITS } from '../../web/core/edits/edits.ts';
import { fullMask } from '../../web/core/mask/mask.ts';
import type { Raster } from '../../web/core/raster/raster.ts';
import { type BenchRow, type BenchTable, benchRow, formatTable } from '../table.ts';
import { inTurns } from '../turns.ts';
import { photonChain, photonSaturation } from './photon.ts';
import { colourNoise, photoSheet } from './pictures.ts';
import { jimpBrightness, jimpChain, sharpBrightness, sharpChain, withoutAlpha } from './rivals.ts';
import { type ShippedEdits, shippedEdits } from './shipped.ts';

const SIX: Partial<Edits> = {
  brightness: 0.05,
  contrast: 0.2,
  gamma: 0.3,
  hue: 25,
  saturation: 0.3,
  opacity: 0.8,
};
const ROUNDS = 15;
const SLOW_ROUNDS = 1;

/** Edits of a whole raster, from unchanged source to new raster. */
type Editor = (edits: Partial<Edits>) => () => Raster;

function editor(applyEdits: ShippedEdits, raster: Raster): Editor {
  const mask = fullMask(raster.width, raster.height);
  return (edits) => () =>
    applyEdits(raster, [{ mask, edits: { ...NEUTRAL_EDITS, ...edits }, componentId: 'bench' }], {
      imageHash: '00',
    });
}

/** `limit` absent: the rows inform. The bar is for hue, the dearest of the edits in the chain. */
async function againstOneEdit(name: string, edit: Editor, limit?: number): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const one of ['hue', 'saturation', 'brightness'] as const) {
    const times = await inTurns(edit(SIX), edit({ [one]: SIX[one] }), ROUNDS, 'cpu');
    const bar = { what: `six edits, ${name}`, against: `${one} alone`, kind: 'cost' } as const;
    rows.push(benchRow(limit === undefined || one !== 'hue' ? bar : { ...bar, limit }, times));
  }
  return rows;
}

async function againstJimp(raster: Raster, edit: Editor): Promise<BenchRow[]> {
  const six = await inTurns(edit(SIX), () => jimpChain(raster), SLOW_ROUNDS, 'cpu');
  const one = await inTurns(
    edit({ brightness: 0.05 }),
    () => jimpBrightness(raster),
    SLOW_ROUNDS,
    'cpu',
  );
  return [
    benchRow({ what: 'six edits, photos', against: 'jimp', kind: 'speed', limit: 20 }, six),
    benchRow({ what: 'brightness, photos', against: 'jimp', kind: 'speed' }, one),
  ];
}

async function againstSharp(name: string, raster: Raster, edit: Editor): Promise<BenchRow[]> {
  const { width, height } = raster;
  const rgb = withoutAlpha(raster);
  const six = await inTurns(edit(SIX), () => sharpChain(rgb, width, height), ROUNDS, 'cpu');
  const one = await inTurns(
    edit({ brightness: 0.05 }),
    () => sharpBrightness(rgb, width, height),
    ROUNDS,
    'cpu',
  );
  return [
    benchRow({ what: `six edits, ${name}`, against: 'sharp', kind: 'speed', limit: 0.8 }, six),
    benchRow({ what: `brightness, ${name}`, against: 'sharp', kind: 'speed', limit: 0.8 }, one),
  ];
}

async function againstPhoton(raster: Raster, edit: Editor): Promise<BenchRow[]> {
  const six = await inTurns(edit(SIX), () => photonChain(raster), ROUNDS, 'cpu');
  const one = await inTurns(edit({ saturation: 0.3 }), () => photonSaturation(raster), 5, 'cpu');
  return [
    benchRow({ what: 'six edits, photos', against: 'Photon', kind: 'speed', limit: 5 }, six),
    benchRow({ what: 'saturation, photos', against: 'Photon', kind: 'speed' }, one),
  ];
}

/** Sharpen and noise have no bar; what they cost against a table edit is shown. */
async function spatialEdits(edit: Editor): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const edits of [{ sharpen: 1 }, { noise: 0.05 }]) {
    const times = await inTurns(edit(edits), edit({ brightness: 0.05 }), 5, 'cpu');
    const what = `${Object.keys(edits)[0]}, photos`;
    rows.push(benchRow({ what, against: 'brightness alone', kind: 'cost' }, times));
  }
  return rows;
}

/** The edits on 3.1 MP against one of them, jimp and sharp, one thread each. */
export async function runEditsBench(): Promise<BenchTable> {
  sharp.concurrency(1);
  sharp.cache(false);
  const photos = await photoSheet();
  const noise = colourNoise();
  const applyEdits = await shippedEdits();
  const onPhotos = editor(applyEdits, photos);
  const onNoise = editor(applyEdits, noise);
  const rows = [
    ...(await againstOneEdit('photos', onPhotos, 1.25)),
    ...(await againstOneEdit('colour noise', onNoise)),
    ...(await againstPhoton(photos, onPhotos)),
    ...(await againstSharp('photos', photos, onPhotos)),
    ...(await againstSharp('colour noise', noise, onNoise)),
    ...(await spatialEdits(onPhotos)),
    // Last: what it leaves behind keeps the collector, whose time counts here, busy for long.
    ...(await againstJimp(photos, onPhotos)),
  ];
  return {
    title: `Edits, ${photos.width} × ${photos.height}, one thread of ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`,
    rows,
    notes: [
      'Six edits: brightness 0.05, contrast 0.2, gamma 0.3, hue 25°, saturation +0.3, opacity 0.8, mask the whole image, new raster returned.',
      'The bar is held against hue alone: one edit that sees all three channels at once. Saturation alone needs no angle, brightness alone is a table of 256 bytes: neither is a yardstick for a chain that turns hues.',
      'Our code is bundled as the page has it; sharpen and noise are compared with a table edit and have no bar.',
      'Photon (WebAssembly): adjust_brightness, adjust_contrast, gamma_correction, hue_rotate_hsv, saturate_hsv, copies in and out included; no opacity, so it does less.',
      'jimp: brightness, contrast, color(hue, saturate), composite at 0.8; it has no gamma, so it does less.',
      'sharp: gamma, modulate(hue, saturation), linear for brightness and contrast, RGB without alpha, no opacity, so it does less; its hue turns in LCh.',
      'CPU time of the process, medians of 15 rounds in turns, five for saturation against Photon, for sharpen and noise, one against jimp, each after one that is not counted. Photos: four of the sample photos side by side. Colour noise: every pixel another colour, which no photo is.',
    ],
  };
}

/** `node scripts/run.mjs bench/edits/edits.bench.ts` */
export async function main(): Promise<void> {
  console.log(formatTable(await runEditsBench()));
}
