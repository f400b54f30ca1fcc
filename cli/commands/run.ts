import { createHash } from 'node:crypto';
import { DEFAULT_LIMITS } from '../../web/core/dataset/limits.ts';
import { templatesOf } from '../../web/core/export/recipe-templates.ts';
import { type Arguments, required, textOption, wholeOption } from '../arguments/parse.ts';
import type { CommandContext } from '../context.ts';
import { collectDataset } from '../dataset/collect.ts';
import { chooseEngine, modelRecord } from '../engine/choice.ts';
import { openInputs } from '../inputs/open-inputs.ts';
import { openOutput, openStore } from '../output.ts';
import { openMaker } from '../photos/open-maker.ts';
import { modelHashOf, needsModel } from '../photos/setting.ts';
import { Failure } from '../problem.ts';
import { assign } from '../shards/assign.ts';
import { hashListing } from '../shards/listing-hash.ts';
import { FORM, type WorkIdentity } from '../shards/records.ts';
import { runShard } from '../shards/run-shard.ts';
import { parseShard, shardFolder, WHOLE } from '../shards/shard.ts';
import { requireApart } from './apart.ts';
import { defaultThreads } from './default-threads.ts';
import { exitCodeOf } from './exit-code.ts';
import { readRecipe } from './read-recipe.ts';

const MEGABYTE = 1024 * 1024;

/** `maskwright run`. @returns the exit code */
export async function runCommand(parsed: Arguments, context: CommandContext): Promise<number> {
  const begun = context.now();
  const { report, signal } = context;
  const [recipePlace, ...inputs] = parsed.positionals;
  const where = required(parsed, 'output', 'Say where to with -o out.zip or -o out/.');
  const shardText = textOption(parsed, 'shard');
  const shard = shardText === undefined ? WHOLE : parseShard(shardText);
  const choice = chooseEngine(textOption(parsed, 'provider'), parsed.values.exact === true);
  const threads = wholeOption(parsed, 'threads', 1, 1024) ?? defaultThreads();
  const fileBytes =
    (wholeOption(parsed, 'max-file-mb', 1, 1024) ?? DEFAULT_LIMITS.fileBytes / MEGABYTE) * MEGABYTE;
  const imagePixels =
    (wholeOption(parsed, 'max-megapixels', 1, 4000) ?? DEFAULT_LIMITS.imagePixels / 1e6) * 1e6;
  const output = openOutput(where, context.s3);
  const isShard = shardText !== undefined;
  if (isShard && output.isArchive) {
    throw new Failure(
      'usage',
      `A shard is not a whole dataset, so it cannot be ${output.where}.`,
      'Give a folder or an s3:// prefix with -o, then make the archive with maskwright merge.',
    );
  }

  requireApart(where, inputs);
  const { recipe, text } = await readRecipe(recipePlace, context);
  if (!isShard) await output.prepare();
  const inputContext = { limits: { fileBytes, imagePixels }, s3: context.s3 };
  const all = await openInputs(inputs, inputContext);
  const entries = await assign(all, shard, { report, signal });
  report({
    event: 'listed',
    files: entries.length,
    shard: isShard ? `${shard.index}/${shard.of}` : null,
  });

  const identity: WorkIdentity = {
    form: FORM,
    app: context.appVersion,
    model: modelRecord(choice, recipe.tier),
    recipe: createHash('sha256').update(text).digest('hex'),
    listing: hashListing(all),
  };
  const store = isShard ? openStore(where, context.s3).below(shardFolder(shard)) : output.work;
  const maker = openMaker(context, threads, {
    recipe: text,
    needsModel: needsModel(recipe),
    choice,
    modelsFolder: context.modelsFolder,
    cacheFolder: textOption(parsed, 'cache') ?? null,
    imagePixels,
  });
  try {
    report({
      event: 'start',
      photos: entries.length,
      threads,
      backend: identity.model.backend,
    });
    let counts = await runShard({
      shard,
      identity,
      recipe: text,
      entries,
      store,
      maker,
      plan: {
        templates: templatesOf(recipe),
        output: recipe.output,
        modelHash: modelHashOf(choice, recipe.tier),
      },
      resume: parsed.values.resume === true,
      report,
      now: context.now,
      signal,
    });
    if (!isShard) {
      const dataset = await collectDataset([store], identity);
      counts = dataset.counts;
      await output.write(dataset, { report, signal });
      await output.tidy();
    }
    const seconds = (context.now() - begun) / 1000;
    report({ event: 'end', where: isShard ? store.where : output.where, ...counts, seconds });
    return exitCodeOf(counts, parsed);
  } finally {
    await maker.close();
  }
}
