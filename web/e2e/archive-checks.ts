import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { expect } from '@playwright/test';
import models from '../../models/manifest.json' with { type: 'json' };
import { layersOf, samplesOf } from '../core/dataset/tasks.ts';
import { renderVariant } from '../core/edits/render.ts';
import { checkEdits } from '../core/edits/validate.ts';
import type { Manifest } from '../core/export/manifest.ts';
import { encodingOf, parseRecipe } from '../core/export/recipe.ts';
import { templatesOf } from '../core/export/recipe-templates.ts';
import { fullMask, maskArea } from '../core/mask/mask.ts';
import type { Bytes } from '../files/bytes.ts';
import { encodeImage } from '../files/encode.ts';
import { sha256Hex } from '../files/hash.ts';
import { type Archive, countChanges } from './archive.ts';
import { codecs, imageOf, readBytes } from './photo-files.ts';

type Item = Manifest['items'][number];
type DoneItem = Extract<Item, { variant: unknown }>;

/** Whether another program can read an archive. */
export function opensWith(program: string, args: readonly string[]): string {
  const { error, status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (error && 'code' in error && error.code === 'ENOENT') return 'missing';
  return status === 0 ? 'opened' : `refused: ${stderr}`;
}

async function readManifest(archive: Archive): Promise<Manifest> {
  return JSON.parse(await archive.text('manifest.json'));
}

const isDone = (item: Item): item is DoneItem => item.status === 'done';

async function sourceOf(item: Item, sources: readonly string[]): Promise<Bytes> {
  const path = sources.find((one) => basename(one) === basename(item.source.file));
  if (!path) throw new Error(`${item.source.file} was never added.`);
  return readBytes(path);
}

/**
 * The manifest against the files it speaks of: hashes, sizes, status, scores; and the promise of
 * the product: outside the mask a variant has the source's own bytes.
 * @param sources paths of the photos that were added.
 * @param expected `failed` names the photo of each variant that could not be made.
 */
export async function expectTrueToItsSources(
  archive: Archive,
  sources: readonly string[],
  expected: { readonly done: number; readonly failed: readonly string[] },
): Promise<void> {
  const manifest = await readManifest(archive);
  const [model] = models.models;
  expect(manifest.app).toMatch(/^Maskwright \d/);
  expect(manifest.model.encoderSha256).toBe(model.encoder.sha256);
  expect(manifest.model.decoderSha256).toBe(model.decoder.sha256);
  expect(manifest.model.backend).toMatch(/^onnxruntime-web .+, wasm$/);
  expect(manifest.counts).toEqual({ done: expected.done, failed: expected.failed.length });
  const failed = manifest.items.filter(({ status }) => status === 'failed');
  expect(failed.map(({ source }) => basename(source.file))).toEqual(expected.failed);
  for (const item of failed) expect(item).toHaveProperty('reason', expect.stringContaining('“'));

  for (const item of manifest.items.filter(isDone)) {
    const source = await sourceOf(item, sources);
    expect(item.source.sha256).toBe(await sha256Hex(source));
    expect(item.variant.sha256).toBe(await sha256Hex(await archive.bytes(item.variant.file)));
    if (!item.mask) throw new Error(`${item.variant.file} has no mask.`);
    expect(item.mask.sha256).toBe(await sha256Hex(await archive.bytes(item.mask.file)));
    const before = (await imageOf(source)).raster;
    const after = await archive.pixels(item.variant.file);
    const mask = await archive.mask(item.mask.file);
    expect([after.width, after.height]).toEqual([item.variant.width, item.variant.height]);
    expect([mask.width, mask.height]).toEqual([item.variant.width, item.variant.height]);
    const [component] = item.components;
    expect(component.area).toBe(maskArea(mask));
    expect(component.area).toBeGreaterThan(0);
    expect(component.score).toEqual(expect.any(Number));
    const changes = countChanges(before, after, mask);
    expect(changes.outside, `${item.variant.file} outside its mask`).toBe(0);
    expect(changes.inside, `${item.variant.file} inside its mask`).toBeGreaterThan(0);
  }
}

/**
 * Makes every variant again in Node from recipe, source and mask: it must have the same bytes.
 * Templates have one part each. In a smaller size the archive's masks are smaller too, so then only
 * templates of whole images can be made again.
 */
export async function expectSameInNode(
  archive: Archive,
  sources: readonly string[],
): Promise<void> {
  const recipe = parseRecipe(await archive.text('recipe.json'));
  if (!recipe.ok) throw new Error(JSON.stringify(recipe.problem));
  const templates = templatesOf(recipe.value);
  const { output } = recipe.value;
  for (const item of (await readManifest(archive)).items.filter(isDone)) {
    const template = templates.find(({ name }) => name === item.template);
    if (!template || !item.mask) throw new Error(`${item.variant.file} is not in the recipe.`);
    const { raster, icc } = await imageOf(await sourceOf(item, sources));
    const mask =
      template.placement === 'whole-image'
        ? fullMask(raster.width, raster.height)
        : await archive.mask(item.mask.file);
    const hash = item.source.sha256;
    const sample = (item.sample ?? 1) - 1;
    const edits = samplesOf({ hash }, template, output)[sample];
    expect(checkEdits(item.components[0].edits)).toEqual({ ok: true, value: edits[0] });
    const rendered = renderVariant(raster, layersOf({ template, sample, edits }, [mask]), mask, {
      imageHash: hash,
      maxSide: output.maxSide,
    });
    const file = await encodeImage(rendered.raster, { ...encodingOf(output), icc }, codecs);
    expect(await sha256Hex(file), item.variant.file).toBe(item.variant.sha256);
    expect(await archive.mask(item.mask.file), item.mask.file).toEqual(rendered.mask);
  }
}
