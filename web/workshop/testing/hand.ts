import { createRoot } from 'solid-js';
import type { Photo } from '../../core/dataset/photo.ts';
import type { Size } from '../../core/geometry/spaces.ts';
import { createMask, type Mask } from '../../core/mask/mask.ts';
import type { Candidate } from '../../core/segmentation/candidate.ts';
import type { CandidateIndex, ImagePrompts } from '../../core/segmentation/prompts.ts';
import type { ImportItem } from '../../files/import.ts';
import { createDatabase } from '../../storage/database.ts';
import { createPixelsPool } from '../../workers/pixels/client-pool.ts';
import { createEditor } from '../editor/editor.ts';
import { createNotices } from '../notices.ts';
import { createPhotoLibrary } from '../photos.ts';
import { createRun } from '../run.ts';
import type { Segmenter } from '../segmenter.ts';
import type { Services } from '../services.ts';
import { createTemplateLibrary } from '../templates.ts';
import { createVariantLibrary } from '../variants.ts';

const INDICES: readonly CandidateIndex[] = [0, 1, 2, 3];

interface SquareSegmenter extends Segmenter {
  /** Every answer is a failure while this is set. */
  fail: boolean;
  /** Questions so far. */
  asked: number;
  /** Called with each question. */
  onAsk: () => void;
}

/**
 * A segmenter with an answer that can be worked out by hand: the square around the last include
 * point, 10 to 40 pixels wide by candidate, less the square around each exclude point.
 */
function createSquareSegmenter(): SquareSegmenter {
  const answers: { prompts: ImagePrompts; photo: Photo }[] = [];

  function draw(id: number, candidate: CandidateIndex, { width, height }: Size): Mask | null {
    const answer = answers[id];
    if (!answer) return null;
    const mask = createMask(width, height);
    const scale = width / answer.photo.width;
    for (const point of answer.prompts.points) {
      const half = point.include ? 5 * (candidate + 1) : 5;
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const dx = Math.abs((x + 0.5) / scale - point.x);
          const dy = Math.abs((y + 0.5) / scale - point.y);
          if (dx < half && dy < half) mask.data[y * width + x] = point.include ? 1 : 0;
        }
      }
    }
    return mask;
  }

  return {
    fail: false,
    asked: 0,
    onAsk: () => {},
    state: () => ({
      kind: 'ready',
      goldenIou: 1,
      many: null,
      report: { backend: 'wasm', threads: 1, reason: 'single-core', startMs: 0, engine: 'none' },
    }),
    start: async () => {},
    tier: () => 'balanced',
    isEncoded: () => true,
    waiting: () => 0,
    speeds: () => ({}),
    lookAt: async () => {},
    encodeAhead: () => {},
    forget: () => {},
    async segment(photo, prompts) {
      this.asked++;
      this.onAsk();
      if (this.fail) return { kind: 'failed', problem: { kind: 'engine', what: 'broken' } };
      const id = answers.push({ prompts, photo }) - 1;
      const candidates = INDICES.map(
        (index): Candidate => ({
          index,
          score: index === 1 ? 1 : 0,
          predictedIou: 0.9,
          areaShare: (10 * (index + 1)) ** 2 / (photo.width * photo.height),
          stability: 1,
          borderShare: 0,
        }),
      );
      return {
        kind: 'segmented',
        answer: id,
        candidates,
        chosen: prompts.points.at(-1)?.candidate ?? 1,
      };
    },
    maskAt: async (id, candidate, size) => draw(id, candidate, size),
    viewMask: async (id, candidate, size) => draw(id, candidate, size),
  };
}

/** A Workshop with a real database and a real pixels worker, and the square segmenter. */
export function openWorkshop(name: string = crypto.randomUUID(), workers = 2) {
  return createRoot((dispose) => {
    const services = {
      database: createDatabase(name),
      pixels: createPixelsPool(workers),
      budget: { workers, bytes: 1e9 },
      engine: { id: 'square', encoder: { sha256: 'e' }, decoder: { sha256: 'd' } },
      now: () => performance.now(),
      appVersion: 'test',
    } as unknown as Services;
    const segmenter = createSquareSegmenter();
    const notices = createNotices();
    const photos = createPhotoLibrary(services, segmenter, notices);
    const templates = createTemplateLibrary(services, notices);
    const editor = createEditor(photos, segmenter);
    const variants = createVariantLibrary(services, photos, templates, notices, segmenter.tier);
    const run = createRun({ services, segmenter, photos, templates, variants }, notices);
    return {
      name,
      services,
      segmenter,
      notices,
      photos,
      templates,
      editor,
      variants,
      run,
      async load() {
        await Promise.all([photos.load(), templates.load(), variants.load()]);
      },
      async close() {
        dispose();
        services.pixels.dispose();
        await services.database.close();
      },
    };
  });
}

export type OpenWorkshop = ReturnType<typeof openWorkshop>;

/** A plain picture as a file, `width` × 60, in its own shade. */
export async function pictureFile(name: string, width = 80): Promise<ImportItem> {
  const canvas = new OffscreenCanvas(width, 60);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = `hsl(${width * 7} 60% 50%)`;
  context.fillRect(0, 0, width, 60);
  context.fillStyle = '#fff';
  context.fillRect(20, 20, 20, 20);
  return { ok: true, name, folder: '', blob: await canvas.convertToBlob({ type: 'image/png' }) };
}

export async function* itemsOf(...items: ImportItem[]): AsyncGenerator<ImportItem> {
  yield* items;
}
