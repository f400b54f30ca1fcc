import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { DEFAULT_LIMITS } from '../../web/core/dataset/limits.ts';
import { maskArea } from '../../web/core/mask/mask.ts';
import { isTier, TIERS, type Tier } from '../../web/core/segmentation/tiers.ts';
import { decodeImage } from '../../web/files/decode/decode-image.ts';
import { encodeMaskPng } from '../../web/files/mask-png/encode-mask.ts';
import { createNodeCodecs } from '../../web/files/node.ts';
import { type Arguments, required, textOption, wholeOption } from '../arguments/parse.ts';
import { promptsOf } from '../arguments/prompts.ts';
import type { CommandContext } from '../context.ts';
import { chooseEngine, modelRecord } from '../engine/choice.ts';
import { openEngine } from '../engine/engine.ts';
import { openInputs } from '../inputs/open-inputs.ts';
import { describeReadProblem } from '../inputs/read-problem.ts';
import { openStore } from '../output.ts';
import { createPhotoSegmenter } from '../photos/segmenter.ts';
import { EXIT, Failure } from '../problem.ts';

/** `maskwright segment`. @returns the exit code */
export async function segmentCommand(parsed: Arguments, context: CommandContext): Promise<number> {
  const where = required(parsed, 'output', 'Say where to with -o mask.png.');
  const [place] = parsed.positionals;
  const choice = chooseEngine(textOption(parsed, 'provider'), parsed.values.exact === true);
  const threads = wholeOption(parsed, 'threads', 1, 1024) ?? availableParallelism();
  const tier = tierOf(textOption(parsed, 'tier') ?? 'reference');
  const [entry, ...others] = await openInputs([place], { limits: DEFAULT_LIMITS, s3: context.s3 });
  if (others.length > 0) {
    throw new Failure('usage', `${place} holds ${others.length + 1} files.`, 'Name one photo.');
  }
  const read = await entry.read();
  const decoded = read.ok
    ? await decodeImage(read.value, createNodeCodecs(), DEFAULT_LIMITS)
    : read;
  if (!decoded.ok) {
    const { message, next } = describeReadProblem(decoded.problem, place);
    throw new Failure('input', message, next);
  }
  const { raster } = decoded.value;
  const prompts = promptsOf(parsed, raster);
  const { modelsFolder } = context;
  const engine = await openEngine({ choice, modelsFolder, threads });
  const segmenter = createPhotoSegmenter(place, raster, tier, engine, null);
  const found = await segmenter.find(prompts);
  if (!found) throw new Failure('usage', 'There is nothing to show the model.', CLICK);

  await openStore(folderOf(where), context.s3).put(basename(where), encodeMaskPng(found.mask));
  const pixels = maskArea(found.mask);
  const share = pixels / (raster.width * raster.height);
  if (parsed.values.json === true) {
    const { backend } = modelRecord(choice, tier);
    const { score } = found;
    context.stdout.write(
      `${JSON.stringify({ event: 'mask', where, pixels, share, score, backend })}\n`,
    );
  } else {
    context.stdout.write(`${where}: ${(share * 100).toFixed(1)} % of the photo.\n`);
  }
  return EXIT.ok;
}

function tierOf(text: string): Tier {
  if (isTier(text)) return text;
  throw new Failure('usage', `--tier ${text} is none of ${TIERS.join(', ')}.`, 'Take one of them.');
}

const CLICK = 'Give --point X,Y or --box X0,Y0,X1,Y1.';

/** The part before the last slash; `dirname` would take one off `s3://`. */
function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash);
}
