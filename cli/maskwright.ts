import { homedir } from 'node:os';
import { join } from 'node:path';
import { version } from '../package.json' with { type: 'json' };
import { commandHelp, generalHelp } from './arguments/help.ts';
import { type CommandName, SYNTAX } from './arguments/options.ts';
import { type Arguments, parseCommand, textOption } from './arguments/parse.ts';
import { checkCommand } from './commands/check.ts';
import { mergeCommand } from './commands/merge.ts';
import { runCommand } from './commands/run.ts';
import { segmentCommand } from './commands/segment.ts';
import type { CommandContext } from './context.ts';
import { EXIT, Failure } from './problem.ts';
import { createConsole } from './report/console.ts';
import type { Report } from './report/events.ts';
import { createS3Client, type S3Client } from './s3/client.ts';
import { credentialsFrom } from './s3/credentials.ts';

/** What a program that starts the runner gives it. */
export interface RunnerOptions {
  /** Stops cleanly: photos in hand are finished and kept. */
  readonly signal?: AbortSignal;
  /** Where the model's files are, or are made: about 23 MB; a folder of the user's cache if absent. */
  readonly modelsFolder?: string;
  /** The bundled worker thread, beside this file if absent; null to work in this thread. */
  readonly threadScript?: URL | null;
  readonly stdout?: { write(text: string): unknown };
  readonly stderr?: { write(text: string): unknown; readonly isTTY?: boolean; columns?: number };
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

type Command = (parsed: Arguments, context: CommandContext) => Promise<number>;

const COMMANDS: Readonly<Record<CommandName, Command>> = {
  run: runCommand,
  merge: mergeCommand,
  segment: segmentCommand,
  check: checkCommand,
};

/** Made by build.mjs beside the bundle of this file. */
const THREAD = './thread.mjs';

const APP = `Maskwright ${version}`;

/**
 * Runs one command as if typed at a shell.
 * @param words what follows `maskwright`, such as `['check', 'recipe.json']`
 * @returns the exit code; docs/runner.md lists them
 */
export async function maskwright(
  words: readonly string[],
  options: RunnerOptions = {},
): Promise<number> {
  // The native engine would report its use to its maker. It reads this from the environment of the
  // process, which threads cannot change, before its first session.
  process.env.ORT_DISABLE_TELEMETRY = '1';
  const { stdout = process.stdout, stderr = process.stderr, environment = process.env } = options;
  const [name = '', ...rest] = words;
  const now = () => performance.now();
  const talk = { stdout, stderr, now };
  if (name === '--version') {
    stdout.write(`${APP}\n`);
    return EXIT.ok;
  }
  if (name === '' || name === '--help' || name === 'help') {
    stdout.write(generalHelp(APP));
    return name === '' ? EXIT.usage : EXIT.ok;
  }
  let report = createConsole({ ...talk, json: rest.includes('--json'), quiet: false });
  try {
    if (!isCommand(name)) {
      throw new Failure('usage', `There is no command “${name}”.`, 'See maskwright --help.');
    }
    if (rest.includes('--help') || rest.includes('-h')) {
      stdout.write(commandHelp(name));
      return EXIT.ok;
    }
    const parsed = parseCommand(name, rest);
    report = createConsole({
      ...talk,
      json: parsed.values.json === true,
      quiet: parsed.values.quiet === true,
    });
    return await COMMANDS[name](parsed, {
      report,
      stdout,
      now,
      signal: options.signal ?? new AbortController().signal,
      s3: lazyS3(textOption(parsed, 's3-endpoint'), environment),
      modelsFolder: options.modelsFolder ?? cacheFolder(environment),
      threadScript:
        options.threadScript === undefined
          ? new URL(THREAD, import.meta.url)
          : options.threadScript,
      appVersion: APP,
    });
  } catch (error) {
    return failed(error, report);
  }
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(SYNTAX, name);
}

/** @throws what is no `Failure`: a bug, with its stack */
function failed(error: unknown, report: Report): number {
  if (!(error instanceof Failure)) throw error;
  const { exit, message, next } = error.problem;
  const code = EXIT[exit];
  report({ event: 'error', code, message, next });
  return code;
}

/** https://specifications.freedesktop.org/basedir-spec/latest/ */
function cacheFolder(environment: NonNullable<RunnerOptions['environment']>): string {
  const { MASKWRIGHT_MODELS, XDG_CACHE_HOME } = environment;
  return MASKWRIGHT_MODELS ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'maskwright');
}

function lazyS3(
  endpoint: string | undefined,
  environment: NonNullable<RunnerOptions['environment']>,
): () => S3Client {
  let client: S3Client | null = null;
  return () => {
    client ??= createS3Client({
      url: endpoint ?? environment.AWS_ENDPOINT_URL_S3 ?? environment.AWS_ENDPOINT_URL ?? null,
      region: environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? 'us-east-1',
      credentials: credentialsFrom(environment),
    });
    return client;
  };
}
