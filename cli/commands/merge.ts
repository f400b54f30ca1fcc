import { type Arguments, required } from '../arguments/parse.ts';
import type { CommandContext } from '../context.ts';
import { collectDataset } from '../dataset/collect.ts';
import { openOutput, openStore } from '../output.ts';
import { findShards } from '../shards/find-shards.ts';
import { exitCodeOf } from './exit-code.ts';

/** `maskwright merge`. @returns the exit code */
export async function mergeCommand(parsed: Arguments, context: CommandContext): Promise<number> {
  const begun = context.now();
  const { report, signal } = context;
  const where = required(parsed, 'output', 'Say where to with -o dataset.zip or -o dataset/.');
  const places = parsed.positionals.map((place) => openStore(place, context.s3));
  const { stores, identity } = await findShards(places);
  const output = openOutput(where, context.s3);
  if (!output.isArchive) await output.prepare();
  const dataset = await collectDataset(stores, identity);
  await output.write(dataset, { report, signal });
  const seconds = (context.now() - begun) / 1000;
  report({ event: 'end', where: output.where, ...dataset.counts, seconds });
  return exitCodeOf(dataset.counts, parsed);
}
