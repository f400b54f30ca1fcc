import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { createRandom } from './random.ts';

const WIDTH = 900;
const HEIGHT = 600;

/** Drawings, letters and signs teach nothing about photographs. */
const NOT_PHOTOGRAPHIC =
  /cartoon|alphabet|symbol|math|outline|filled|flag|asl|roadsign|shapes|mirror|planets|moon/i;

interface Placed {
  readonly pixels: Buffer;
  readonly left: number;
  readonly top: number;
}

/**
 * Makes pairs for fitting: a cut-out object among one to four others before a photograph.
 * `node scripts/run.mjs models/choose-fit/compose.ts CUTOUTS BACKGROUNDS OUT [COUNT]`
 */
export async function main([cutouts, backgrounds, out, count = '120']: string[]): Promise<void> {
  const random = createRandom(1);
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)];
  const objects = filesIn(cutouts, /\.png$/i);
  const scenes = filesIn(backgrounds, /\.jpe?g$/i);
  mkdirSync(out, { recursive: true });

  for (let i = 0; i < Number(count); i++) {
    const object = await place(pick(objects), 0.04 * (0.7 / 0.04) ** random(), random);
    const others: Placed[] = [];
    for (let n = Math.floor(random() * 4); n >= 0; n--) {
      others.push(await place(pick(objects), 0.01 * 20 ** random(), random));
    }
    // Some of the others lie before the object, as in life: what they hide is not part of it.
    const hiding = random() < 0.3 ? others.slice(0, 1) : [];
    const behind = others.filter((other) => !hiding.includes(other));
    const layers = (placed: readonly Placed[]) =>
      placed.map(({ pixels, left, top }) => ({ input: pixels, left, top }));

    const name = join(out, `composite-${String(i).padStart(3, '0')}`);
    const scene = await sharp(pick(scenes))
      .resize(WIDTH, HEIGHT, { fit: 'cover', position: 'attention' })
      .toBuffer();
    await sharp(scene)
      .composite(layers([...behind, object, ...hiding]))
      .jpeg({ quality: 90 })
      .toFile(`${name}.jpg`);
    const visible = await sharp({
      create: { width: WIDTH, height: HEIGHT, channels: 4, background: '#0000' },
    })
      .composite([
        ...layers([object]),
        ...layers(hiding).map((layer) => ({ ...layer, blend: 'dest-out' as const })),
      ])
      .png()
      .toBuffer();
    await sharp(visible).extractChannel('alpha').threshold(128).png().toFile(`${name}.png`);
  }
}

/** Scales a cut-out to about this share of the picture and puts it somewhere, mostly inside. */
async function place(file: string, share: number, random: () => number): Promise<Placed> {
  const trimmed = await sharp(file).ensureAlpha().trim({ threshold: 1 }).toBuffer();
  const { width = 1, height = 1 } = await sharp(trimmed).metadata();
  const scale = Math.min(
    Math.sqrt((share * WIDTH * HEIGHT) / (width * height)),
    (WIDTH - 1) / width,
    (HEIGHT - 1) / height,
  );
  const w = Math.max(8, Math.round(width * scale));
  const h = Math.max(8, Math.round(height * scale));
  const pixels = await sharp(trimmed)
    .resize(w, h, { fit: 'fill' })
    .modulate({ brightness: 0.8 + 0.4 * random() })
    .blur(0.4 + random())
    .png()
    .toBuffer();
  // Photographers cut objects off: a third of ours hang over the edge by up to a quarter.
  const hang = random() < 1 / 3 ? 0.25 : 0;
  const along = (side: number, room: number) =>
    Math.floor(random() * (room - side + 2 * hang * side) - hang * side);
  return { pixels, left: along(w, WIDTH), top: along(h, HEIGHT) };
}

function filesIn(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file) && !NOT_PHOTOGRAPHIC.test(file))
    .sort()
    .map((file) => join(folder, file));
}
