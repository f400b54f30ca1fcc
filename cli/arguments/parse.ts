import { parseArgs } from 'node:util';
import { Failure, textOf } from '../problem.ts';
import { type CommandName, type Option, SYNTAX } from './options.ts';

/** An option as it was typed, in order: the order of clicks counts. */
export interface TypedOption {
  readonly name: string;
  readonly value: string | undefined;
}

export interface Arguments {
  readonly positionals: readonly string[];
  /** Absent options are absent; of one that is typed twice the last counts. */
  readonly values: Readonly<Record<string, string | true | undefined>>;
  readonly typed: readonly TypedOption[];
}

/**
 * Reads the words after a command's name.
 * @throws Failure that names what is wrong
 */
export function parseCommand(command: CommandName, words: readonly string[]): Arguments {
  const { options, least, most, positionals: wanted } = SYNTAX[command];
  const known = Object.entries<Option>(options).map(([name, { type, short, multiple = false }]) => [
    name,
    { type, multiple, ...(short && { short }) },
  ]);
  let parsed: ReturnType<typeof parseLoosely>;
  try {
    parsed = parseLoosely(words, Object.fromEntries(known));
  } catch (error) {
    throw new Failure('usage', sentence(textOf(error)), `See maskwright ${command} --help.`);
  }
  const { positionals, tokens } = parsed;
  if (positionals.length < least || positionals.length > most) {
    throw new Failure(
      'usage',
      `maskwright ${command} takes ${wanted}; ${positionals.length} given.`,
      `See maskwright ${command} --help.`,
    );
  }
  const typed = tokens.flatMap((token) =>
    token.kind === 'option' ? [{ name: token.name, value: token.value }] : [],
  );
  const values = Object.fromEntries(typed.map(({ name, value }) => [name, value ?? true]));
  return { positionals, values: values as Arguments['values'], typed };
}

function parseLoosely(
  words: readonly string[],
  options: NonNullable<Parameters<typeof parseArgs>[0]>['options'],
) {
  return parseArgs({
    args: [...words],
    options: options ?? {},
    allowPositionals: true,
    strict: true,
    tokens: true,
  });
}

/** Node's messages explain at length how to escape dashes; the first sentence says what is wrong. */
function sentence(text: string): string {
  return text.replace(/\. To specify.*$/s, '').replace(/\.?$/, '.');
}

/** An option that must be there. */
export function required({ values }: Arguments, name: string, next: string): string {
  const value = values[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new Failure('usage', `--${name} is missing.`, next);
}

/** The text of an option; undefined when it is absent. */
export function textOption({ values }: Arguments, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** A whole number within bounds; undefined when it is absent. */
export function wholeOption(
  parsed: Arguments,
  name: string,
  least: number,
  most: number,
): number | undefined {
  const text = textOption(parsed, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Failure(
    'usage',
    `--${name} ${text} is not a whole number from ${least} to ${most}.`,
    `Give such a number, or leave --${name} out.`,
  );
}
